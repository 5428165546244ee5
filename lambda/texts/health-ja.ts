import type { AccountSeen, Many, PlaceHeard, RuleProblem, UncoveredAccount } from '../health/saw';
import { firstOf, type HealthTexts, isRefusal, minuteOf, nameOf } from './health-texts';

const PROBLEMS: Readonly<Record<RuleProblem['problem'], (rule: string) => string>> = {
  missing: (rule) => (rule === '' ? 'ルールがありません' : `ルール「${rule}」がありません`),
  disabled: (rule) => `${rule} が無効になっており、何も受信していません`,
  'no-reads': (rule) => `${rule} の状態が ENABLED のため、GetTrailStatus などの読み取りの拒否を受信できません`,
  stale: (rule) => `${rule} のイベントパターンは、ハブではもう受け付けていません`,
  'no-target': (rule) => `${rule} のターゲットがなくなっています`,
  'no-role': (rule) => `${rule} のターゲットにロールがないため、EventBridge はハブのバスにイベントを送れません`,
  'no-dead-letters': (rule) => `${rule} のターゲットにデッドレターキューがなく、配信できないイベントは失われます`,
};

/** Japanese. */
export const healthJa: HealthTexts = {
  statuses: { ok: '正常', failed: '異常', 'not-checked': '未確認' },
  groups: {
    organization: '組織',
    hearing: '拒否された呼び出しの受信',
    telling: '通知',
    probe: 'Trailmend 自身の監視',
  },
  checks: {
    account: 'アカウント',
    'all-features': 'すべての機能',
    'trusted-access': '信頼されたアクセス',
    'stack-sets-access': 'StackSets のアクセス',
    roles: 'ロール',
    trail: '証跡',
    rules: 'ルール',
    'bus-policy': 'バスのポリシー',
    forwarders: 'フォワーダー',
    canary: 'カナリア',
    accounts: '各アカウントの受信',
    subscribers: 'サブスクリプション',
    'topic-key': 'トピックのキー',
    'topic-policy': 'トピックのポリシー',
    queue: 'キュー',
    'dead-letters': 'デッドレター',
    probe: 'プローブ',
  },
  saw: {
    'not-deployed': () => 'まだデプロイされていません。',
    'could-not-look': ({ action, region, error, message }) =>
      isRefusal(error)
        ? `この認証情報には ${region} での ${action || '必要なアクション'} の権限がありません(${error}: ${message})`
        : `AWS に問い合わせできませんでした${action && `(${action}、${region})`}: ${error}: ${message}`,
    'wrong-account': ({ account }) => `アカウント ${account} の認証情報では確認できません。`,
    'not-in-organization': () => 'アカウントは組織に属していません。',
    'not-asked-for': ({ setting }) => `設定 ${setting} が空のため、対象外です。`,
    'management-account': ({ account, organization }) => `${account} は組織 ${organization} の管理アカウントです。`,
    'single-account': ({ account }) => `${account} のみが対象です。組織に属しておらず、設定にも組織はありません。`,
    'no-organization': ({ account }) => `${account} は組織に属していません。`,
    'member-account': ({ account, managementAccount }) =>
      `メンバーアカウント ${account} の認証情報が使われています。Trailmend は管理アカウント ${managementAccount} にあります。`,
    'another-deployment': ({ account, expected }) =>
      `アカウント ${account} の認証情報が使われています。このデプロイの対象は ${expected} です。`,
    'another-organization': ({ organization, expected }) =>
      `この組織は ${organization} ですが、設定は ${expected} です。この組織のアカウントからは受信できません。`,
    'all-features': () => '組織ですべての機能が有効です。',
    'few-features': ({ featureSet }) =>
      `組織の機能セットは ${featureSet} です。CloudTrail にはすべての機能が必要で、招待した各アカウントの同意が要ります。`,
    'service-trusted': ({ service }) => `${service} は組織内で動作できます。`,
    'service-not-trusted': ({ service }) => `${service} は組織内で動作できません。`,
    'needed-for-members': ({ service }) =>
      `${service} は組織内で動作できません。メンバーアカウントを対象にする場合 (organizationalUnits) にのみ必要です。`,
    'role-there': ({ role }) => `${role} があります。`,
    'role-missing': ({ role, because }) =>
      `${because === 'trusted-access' ? '信頼されたアクセスが有効です' : '委任された管理者が登録されています'}が、管理アカウントに ${role} がありません。組織に対する次の呼び出しは拒否されます。`,
    'role-not-needed': ({ role }) => `${role} はありませんが、まだ必要ありません。`,
    'trail-logs': ({ trails }) =>
      `${list(trails)} が、Trailmend の対象とする全サービスの読み取りと書き込みを記録しています。`,
    'no-trail': (_saw, { account, region }) =>
      `アカウント ${account} の ${region} を記録する証跡がありません。EventBridge に何も届かず、Trailmend は何も受信できません。`,
    'trail-stopped': ({ trails }, { region }) =>
      `${list(trails)} のログ記録が停止しており、${region} では何も受信できません。`,
    'trail-narrow': ({ trails, missing, excluded }) =>
      [
        `${list(trails)} は記録していますが、Trailmend に必要なものが欠けています。`,
        ...missing.map((kind) => `管理イベントの${kind === 'reads' ? '読み取り' : '書き込み'}がありません。`),
        ...(excluded.length > 0 ? [`${list(excluded)} が除外されています。`] : []),
      ].join(''),
    'rules-hear': ({ rules, version }) => `${list(rules)} が読み取りと書き込みを受信しています(パターン ${version})。`,
    'rules-lag': ({ rules, version, hub }) =>
      `${list(rules)} がパターン ${version} で受信しています。ハブはパターン ${hub} ですが、これも受け付けます。`,
    'rules-broken': ({ problems }) => {
      const { some, more } = firstOf(problems);
      return `${some.map(({ rule, problem }) => PROBLEMS[problem](rule)).join('。')}${andMore(more)}。`;
    },
    'policy-allows': ({ resource, who }) => `${nameOf(resource)} のポリシーは ${nameOf(who)} を許可しています。`,
    'policy-refuses': ({ resource, who, actions, denied }) =>
      denied === null
        ? `${resource} のポリシーは ${who} に ${list(actions)} を許可していません。`
        : `${resource} のポリシーは${denied.sid === null ? '' : `ステートメント ${denied.sid} で`} ${who} の ${list(actions)} を拒否しています。`,
    'policy-unclear': ({ resource, who, why }) =>
      `${resource} のポリシーが ${who} を許可しているか判断できません。「${why}」によって決まりますが、Trailmend はこれを解釈できません。`,
    'another-key': ({ key, expected }) =>
      key === null
        ? `トピックが暗号化されていません。キー ${expected} で暗号化されている必要があります。`
        : `トピックは ${expected} ではなく ${key} で暗号化されています。`,
    'forwarders-current': ({ instances }) => `StackSet のインスタンス ${count(instances)} 個はすべて最新です。`,
    'forwarders-under-way': ({ under, instances }) =>
      `StackSets がインスタンス ${count(instances)} 個のうち ${count(under)} 個を処理中です。`,
    'forwarders-broken': ({ broken, instances }) => {
      const { some, more } = firstOf(broken.list, 10, broken.count);
      const each = some.map(({ region, status, reason, ...account }) =>
        [`${named(account)} ${region} ${status}`, ...(reason === '' ? [] : [reason])].join(': '),
      );
      return `StackSet のインスタンス ${count(instances)} 個のうち ${count(broken.count)} 個が最新ではありません: ${each.join('、')}${andMore(more)}。`;
    },
    'forwarders-regions-disabled': ({ accounts }) =>
      `StackSets の前回の処理時にリージョンが有効になっていなかったため、フォワーダーがありません: ${withRegions(accounts)}。その後に有効にした場合は、もう一度実行してください。`,
    'accounts-covered': ({ accounts, regions }) =>
      `対象のアカウント ${count(accounts)} 個すべての ${count(regions)} リージョンにフォワーダーがあります。`,
    'accounts-uncovered': ({ accounts }) =>
      `${count(accounts.count)} 個のアカウントにフォワーダーがなく、そこで拒否された呼び出しを受信できません: ${withRegions(accounts)}。`,
    'no-stack-set': ({ name }) => `StackSet ${name} がありません。メンバーアカウントからは何も受信できません。`,
    'canary-back': ({ seenAt }) => `カナリアの拒否が ${minuteOf(seenAt)} に全経路を通って戻りました。`,
    'canary-lost': ({ sentAt, seenAt }, { account, region }) =>
      `アカウント ${account} の ${region} からの受信が${seenAt === null ? '一度もありません' : `${minuteOf(seenAt)} から途絶えています`}。${minuteOf(sentAt)} に送ったカナリアの拒否が 30 分以内に戻りませんでした。そこからハブまでの経路を確認してください。`,
    'canary-on-its-way': ({ sentAt }) =>
      `最初のカナリア(${minuteOf(sentAt)})が戻るのを待っています。期限は 30 分です。`,
    'canary-not-sent': ({ sentAt }) =>
      sentAt === null
        ? 'プローブはまだカナリアを送っていません。'
        : `プローブは ${minuteOf(sentAt)} からカナリアを送っていません。`,
    'accounts-heard': ({ accounts }) => `最後の受信: ${timesOf(accounts.list, accounts.count)}。`,
    'accounts-stale': ({ accounts }) =>
      `30 日以上受信していません。最後の受信: ${timesOf(accounts.list, accounts.count)}。それ以降拒否がないか、届いていません。`,
    'accounts-silent': ({ accounts }) =>
      `${namedAll(accounts.list, accounts.count)} からはまだ受信していません。拒否がないのか、届いていないのかは、無害な呼び出しを拒否させると分かります。`,
    'members-unknown': ({ region, trails, accounts }) =>
      [
        `${region} で Trailmend の対象をすべて記録する組織の証跡がありません${trails.length > 0 ? `(${list(trails)} は記録していません)` : ''}。`,
        'メンバーアカウントからは、そのアカウント自身の証跡が記録している場合にだけ受信できます。',
        accounts.count > 0
          ? `${namedAll(accounts.list, accounts.count)} からは、このリージョンで 30 日間受信していません。`
          : '以前はすべてのメンバーから受信していました。',
      ].join(''),
    subscribed: ({ confirmed, expected }) =>
      `確認済みのメールのサブスクリプションは ${count(confirmed)} 件、設定のアドレスは ${count(expected)} 件です。`,
    unsubscribed: ({ confirmed, expected, pending }) =>
      `設定のアドレスは ${count(expected)} 件ですが、確認済みは ${count(confirmed)} 件です。${pending.count > 0 ? `確認待ち: ${list(pending.list, pending.count)}。` : 'ほかは解除されています。メールスキャナーによる解除の可能性もあります。'}`,
    'queue-flows': ({ seconds }) => `過去 15 分間、${seconds} 秒より長く待ったメッセージはありません。`,
    'queue-stuck': ({ seconds, limit }) =>
      `拒否された呼び出しのキューでメッセージが ${seconds} 秒待っています(上限 ${limit} 秒)。レスポンダーが読んでいません。`,
    'queue-unmeasured': () => '過去 15 分間の測定値が CloudWatch にありません。',
    'dead-letters-none': () => 'デッドレターキューは空です。',
    'dead-letters': ({ count: messages }) =>
      `デッドレターキューに ${count(messages)} 件あります。保持期間は 14 日です。原因を調べてから戻してください。`,
    'probe-ran': ({ ranAt }) => `${minuteOf(ranAt)} に実行されました。`,
    'probe-late': ({ ranAt }) =>
      ranAt === null
        ? 'プローブは一度も実行されていません。'
        : `プローブは ${minuteOf(ranAt)} から実行されていません。5 分ごとに実行されるはずです。`,
  },
  line: (check, place, saw) => `${check}${place === null ? '' : ` ${place.account} ${place.region}`}: ${saw}`,
  doctor: {
    deployed: (stack, { account, region }) => `アカウント ${account}、${region} の Trailmend(スタック ${stack})`,
    notDeployed: (stack, { account, region }) =>
      `アカウント ${account}、${region}: スタック ${stack} はまだありません。デプロイ前に確認できる項目です`,
    tally: ({ ok, failed, notChecked }, names) =>
      `正常 ${ok}、異常 ${failed}、未確認 ${notChecked}。${names.length > 0 ? `異常: ${names.join('、')}。` : ''}`,
    asAbove: '(上と同じコマンドで直ります)',
    looking: (done, of) => `${of} 項目中 ${done} 項目を確認 ...`,
  },
};

function count(number: number): string {
  return number.toLocaleString('en');
}

function list(names: readonly string[], of = names.length): string {
  const { some, more } = firstOf(names, 5, of);
  return `${some.join('、')}${andMore(more)}`;
}

function andMore(more: number): string {
  return more === 0 ? '' : ` ほか ${more.toLocaleString('en')} 件`;
}

function named({ account, name }: AccountSeen): string {
  return name === null ? account : `${name} (${account})`;
}

function withRegions(accounts: Many<UncoveredAccount>): string {
  const { some, more } = firstOf(accounts.list, 10, accounts.count);
  const each = some.map(({ regions, ...account }) => `${named(account)} の ${list(regions)}`);
  return `${each.join('、')}${andMore(more)}`;
}

function timesOf(places: readonly PlaceHeard[], of: number): string {
  const { some, more } = firstOf(places, 5, of);
  const each = some.map(({ seenAt, region, ...account }) => `${named(account)} ${region} ${minuteOf(seenAt)}`);
  return `${each.join('、')}${andMore(more)}`;
}

function namedAll(accounts: readonly AccountSeen[], of: number): string {
  return list(accounts.map(named), of);
}
