import type { Texts } from './texts';

/** Japanese. AWS's own terms for services and policies are kept as its Japanese documentation writes them. */
export const ja: Texts = {
  labels: {
    about: '元の内容',
    case: 'ケース',
    count: '回数',
    event: 'イベント',
    fix: '修正案',
    inCommon: '共通点',
    incident: 'インシデント',
    more: '詳細',
    nextStep: '次の手順',
    note: '注意',
    owner: '担当',
    plan: '対応',
    policy: 'ポリシー',
    quieten: '通知の停止',
    retry: '再試行',
    roles: 'ロール',
    run: '実行',
    touched: '対象',
    undo: '取り消し',
    whatHappened: '内容',
    whenWhere: '日時・場所',
    why: '理由',
  },
  guide: 'https://docs.aws.amazon.com/ja_jp/awscloudtrail/latest/userguide/',
  layers: {
    'identity-policy': 'アイデンティティベースのポリシー',
    'resource-policy': 'リソースベースのポリシー',
    'permissions-boundary': 'アクセス許可の境界',
    'session-policy': 'セッションポリシー',
    'service-control-policy': 'サービスコントロールポリシー',
    'resource-control-policy': 'リソースコントロールポリシー',
    'vpc-endpoint-policy': 'VPC エンドポイントポリシー',
    'role-trust-policy': 'ロールの信頼ポリシー',
    unknown: 'AWS が明示していないポリシー',
  },
  owners: {
    user: (name) => `IAM ユーザー ${name} の権限の管理者`,
    role: (name) => `ロール ${name} の権限の管理者`,
    'permission-set': (name) => `IAM Identity Center の許可セット ${name} の管理者`,
    'organization-policies': () => '組織のポリシーの管理者 (アカウント側では変更できません)',
    'permissions-boundary': () => 'アクセス許可の境界の所有者 (ユーザーやロールの所有者とは別のことが多い)',
    session: () => 'セッションを開始し、セッションポリシーを渡す人または仕組み',
    'vpc-endpoint': () => 'VPC エンドポイントの所有者',
    'assumed-role': () => '引き受けようとしたロールの所有者',
    resource: () => 'リソースの所有者',
    'delivery-role': () => 'CloudTrail が引き受けるロールの所有者',
    organization: () => '組織の管理者 (管理アカウント)',
    'aws-service': () => '組織内の担当者なし (AWS サービスによる呼び出し)',
    unknown: () => '記録からは不明',
  },
  theResource: '対象のリソース',
  deliveries: {
    bucket: '証跡のバケット',
    topic: '証跡のトピック',
    key: 'ログファイルを暗号化するキー',
    'log-group': '証跡のロググループ',
    role: 'CloudTrail が引き受けるロール',
    unknown: '証跡の配信先',
  },
  severities: { high: '重要度 高', medium: '重要度 中', low: '重要度 低' },
  plans: {
    'create-service-linked-role': (roles, because) => `管理アカウントに ${roles} が存在するようにします。${because}`,
    notify: (_roles, because) => `管理者に通知します。${because}`,
    ignore: (_roles, because) => `記録のみ行います (${because})。`,
  },
  who: {
    user: (name) => `ユーザー ${name}`,
    role: (name, session) => (session === null ? `ロール ${name}` : `ロール ${name} (セッション ${session})`),
    permissionSet: (name, person) => (person === null ? `許可セット ${name}` : `許可セット ${name} (${person})`),
    federatedUser: (name) => `フェデレーションユーザー ${name}`,
    identityCenterUser: (id) => `IAM Identity Center ユーザー ${id}`,
    root: (account) => `アカウント ${account} のルートユーザー`,
    account: (id) => `アカウント ${id} の呼び出し元`,
    service: (name) => `AWS サービス ${name}`,
    through: (who, service) => `${who} (${service} 経由)`,
    anonymous: '匿名の呼び出し元',
    unknown: '記録に名前のない呼び出し元',
  },
  account: (id, name) => (name === null ? id : `${name} (${id})`),
  subjects: {
    'missing-service-linked-role': (refused, account) => spaced`${account} で ${refused} が拒否: サービスリンクロール`,
    'organization-not-ready': (refused, account) => spaced`${account} で ${refused} が拒否: 組織の準備が未完了`,
    'pass-role-denied': (_refused, account) => `${account} で CloudTrail への PassRole が拒否`,
    'integration-denied': (refused, account) => spaced`${account} で ${refused} が拒否: 証跡の統合`,
    'grant-access-denied': (refused, account) => spaced`${account} で ${refused} が拒否: CloudTrail へのアクセス付与`,
    'cross-account-denied': (refused, account) => spaced`${account} からのクロスアカウントの ${refused} が拒否`,
    'cloudtrail-action-denied': (refused, account) => spaced`${account} で ${refused} が拒否`,
    'not-covered': (refused, account) => spaced`${account} で ${refused} が拒否`,
    denied: (refused, layer, account) => spaced`${account} で ${refused} が${layer}により拒否`,
    roles: (outcome, roles, account) =>
      ({
        created: `${account} に必要なロールを作成: ${roles}`,
        'already-present': `${account} で呼び出しが失敗 (ロールは存在): ${roles}`,
        'would-create': `${account} に必要なロールがありません (observe): ${roles}`,
        'probe-failed': `${account} に必要なロールを確認できません: ${roles}`,
        'create-failed': `${account} に必要なロールを作成できません: ${roles}`,
      })[outcome],
    rolesSince: (roles, account) => `${account} に必要なロールは作成済み: ${roles}`,
    bothRoles: 'CloudTrail の 2 つのサービスリンクロール',
    ownRefusal: (refused) => `Trailmend 自身の ${refused} が拒否`,
  },
  whatHappened: (who, action, resource) =>
    spaced`${who} による ${action} が拒否されました${resource === null ? '。' : spaced`。対象: ${resource}`}`,
  summary: (whatHappened, why) => `${whatHappened.replace(/。$/, '')}。${why}`,
  whenWhere: (time, region, account) => `${time}、${region}、アカウント ${account}`,
  causes: {
    'missing-service-linked-role':
      'CloudTrail に必要なサービスリンクロールが管理アカウントにないか、その参照または作成が許可されていません。',
    'organization-not-ready': '組織または呼び出し元のアカウントが、この呼び出しに必要な状態になっていません。',
    'pass-role-denied': 'このロールを CloudTrail に渡すことができません。',
    'integration-denied': '証跡が使うリソースが、CloudTrail または呼び出し元による使用を許可していません。',
    'grant-access-denied': '呼び出し元は CloudTrail へのアクセスを付与できません。',
    'cross-account-denied': 'リソースは別のアカウントのものです。',
    'cloudtrail-action-denied': 'CloudTrail が呼び出しを拒否しました。',
    'not-covered': 'サービスが呼び出しを拒否しました。',
  },
  roleWasThere: 'ロールの不足が原因ではありません。このエラーが示しうるロールはすべて存在していました。',
  answered: (cause, errorCode) => `${cause}CloudTrail の応答: ${errorCode}`,
  why: (effect, evidence, layer, policyArn, errorCode) => {
    const code = errorCode === null ? '' : ` (${errorCode})`;
    if (evidence === 'unknown') {
      return `どのポリシーが拒否したかを AWS は示していません${code}。`;
    }
    const source = evidence === 'stated' ? 'AWS のメッセージによる' : `${errorCode ?? '記録'} からの推定`;
    const name = ja.layers[layer];
    if (layer === 'unknown' && effect === 'implicit-deny') {
      return `Trailmend が知らない種類のポリシーに許可がありません (${source})。`;
    }
    return {
      'implicit-deny': `${name}で許可されていません (${source})。`,
      'explicit-deny': `${name}での明示的な拒否 (${source})${policyArn === null ? '。' : `: ${policyArn}`}`,
      unknown: `${name}による拒否 (${source})。`,
    }[effect];
  },
  steps: {
    'attach-statement': ({ who }) =>
      spaced`${who} にこのアクセスが必要であれば、下のステートメントを権限に追加してください。`,
    'allow-action': ({ who, action }) =>
      spaced`${who} にこのアクセスが必要であれば、権限で ${action} を許可してください。`,
    'extend-permission-set': ({ name }) =>
      `許可セット ${name} の利用者にこのアクセスが必要であれば、IAM Identity Center で下のステートメントを追加してください。ロール自体は IAM では変更できません。`,
    'check-permissions': ({ who, action }) =>
      spaced`${who} の権限を確認してください。${action} がなければ下のステートメントで追加できます。すでに許可されていれば、別の層が拒否しています。`,
    'remove-deny': ({ action }) =>
      `この拒否が意図したものであれば、対応は不要です。そうでなければ、${action} に当てはまらないように拒否の範囲を狭めてください。`,
    'check-caller': ({ who }) =>
      spaced`まず ${who} の権限を、次にアクセス許可の境界、組織のポリシー、セッションポリシー、リソースのポリシーを確認してください。`,
    'read-message': () =>
      'イベントのメッセージを確認してください。Trailmend が知らない種類のポリシーを AWS が示しています。',
    'find-deny': () =>
      '拒否がどこにあるかを AWS は示していません。組織のポリシー、アクセス許可の境界、セッションポリシー、呼び出し元自身のポリシーを確認してください。',
    'except-in-organization-policy': ({ principal }) =>
      `このガードレールが意図したものであれば、対応は不要です。そうでなければ、そのポリシーで ${principal} を例外にしてください。`,
    'allow-in-organization-policy': ({ action, account }) =>
      `組織のポリシーで、アカウント ${account} に ${action} を許可してください。アカウント内の許可では解決しません。`,
    'change-boundary': ({ action, effect, who }) =>
      effect === 'explicit-deny'
        ? `この境界が意図したものであれば、対応は不要です。そうでなければ、拒否から ${action} を外してください。`
        : spaced`${who} にこのアクセスが必要であれば、アクセス許可の境界でも ${action} を許可してください。`,
    'change-session-policy': ({ action, effect }) =>
      effect === 'explicit-deny'
        ? `この制限が意図したものであれば、対応は不要です。そうでなければ、拒否が ${action} に当てはまらないセッションポリシーでセッションを開始してください。`
        : `${action} を許可するセッションポリシーで、またはセッションポリシーなしでセッションを開始してください。`,
    'change-endpoint-policy': ({ action, effect }) =>
      effect === 'explicit-deny'
        ? `この拒否が意図したものであれば、対応は不要です。そうでなければ、VPC エンドポイントのポリシーの拒否から ${action} を外すか、そのエンドポイントを使わずに呼び出してください。`
        : `VPC エンドポイントのポリシーで ${action} を許可するか、そのエンドポイントを使わずに呼び出してください。`,
    'change-trust-policy': ({ principal, effect }) =>
      effect === 'explicit-deny'
        ? `この拒否が意図したものであれば、対応は不要です。そうでなければ、ロールの信頼ポリシーで ${principal} を例外にしてください。`
        : `ロールの信頼ポリシーで、${principal} による引き受けを許可してください。`,
    'change-resource-policy': ({ resource, action, principal, effect, isService }) =>
      effect === 'explicit-deny'
        ? spaced`この拒否が意図したものであれば、対応は不要です。そうでなければ、${resource} のポリシーで ${principal} を例外にしてください。`
        : spaced`${resource} のポリシーで ${principal} に ${action} を許可してください。${isService ? '' : '呼び出し元自身の許可も必要です。'}`,
    'repair-delivery': ({ delivery }) =>
      `${ja.deliveries[delivery]}の所有者が、CloudTrail に必要な許可を与えてください。`,
    'share-resource': ({ resource }) =>
      spaced`${resource} を所有するアカウントがリソースポリシーで共有するか、そのアカウントから呼び出してください。`,
    'call-from-trail-owner': () =>
      '誤った呼び出しであれば、対応は不要です。組織の証跡を変更できるのは、管理アカウントと委任管理者だけです。',
    'share-trail': () =>
      '証跡を所有するアカウントが、バケットポリシーまたはロールでログファイルを共有してください。証跡自体は共有できません。所有するアカウントから、またはそのアカウントのロールを通じて呼び出してください。',
    'pass-role-of-account': () =>
      '呼び出し元と同じアカウントのロールを指定してください。別のアカウントのロールを渡すことはできません。',
    'enable-trusted-access': () =>
      '管理アカウントで CloudTrail の信頼されたアクセスを有効にし、呼び出しを再試行してください。Trailmend は組織を変更しません。',
    'enable-all-features': () =>
      'CloudTrail にはすべての機能が有効な組織が必要です。有効化には招待されたすべてのアカウントの同意が必要で、元に戻せません。管理アカウントで判断してください。',
    'create-organization': () =>
      'このアカウントは組織に属していません。組織のアカウントから呼び出すか、組織の証跡としないでください。',
    'call-from-management-account': () =>
      'この呼び出しは、管理アカウントから、または CloudTrail が認める場合は委任管理者から行ってください。',
    'free-a-delegate': () =>
      'CloudTrail の委任管理者の数が上限に達しています。不要になったものを登録解除し、呼び出しを再試行してください。',
    'delegate-a-member': () =>
      '管理アカウント自身を委任管理者にはできません。メンバーアカウントを登録するか、管理アカウントのままにしてください。',
    'let-others-in': ({ account }) =>
      `アカウント ${account} の IAM を変更できる人が、下のコマンドを実行してください。人に対しては、IAM Identity Center の許可セットのほうが適しています。`,
    'create-role': () =>
      '管理アカウントでロールを作成し、呼び出しを再試行してください。remediation が auto なら Trailmend が作成します。',
    'look-beyond-identity': () =>
      '組織のポリシー、アクセス許可の境界、セッションポリシー、リソースのポリシーの順に確認してください。',
  },
  purposes: {
    'config-reads':
      'CloudTrail コンソールで AWS Config を参照するためのポリシー (読み取りのみのため AWS のページと同じ):',
    'logs-role-administration':
      'コンソールで CloudWatch Logs 用のロールを設定するためのポリシー。すべてのロールが対象の AWS のページより限定していますが、ロールを変更できる人は自分に任意の権限を与えられるため、管理者とみなしてください:',
    'logs-role-permissions': 'CloudTrail が引き受けるロールの権限:',
    'logs-role-trust': 'CloudTrail が引き受けるロールの信頼ポリシー:',
    'bucket-policy': 'バケットポリシーのステートメント (イベントに記録された範囲で証跡に限定):',
    'topic-policy': 'トピックポリシーのステートメント (イベントに記録された範囲で証跡に限定):',
    'key-policy': 'キーポリシーのステートメント (イベントに記録された範囲で証跡に限定):',
    'sharing-bucket-policy': 'バケット所有者がすべてのオブジェクトを所有する場合 (デフォルト) のバケットポリシー:',
    'sharing-role-permissions': 'それ以外の場合は、所有アカウントに次の権限を持つロールを作成:',
    'sharing-role-trust': '自分のアカウントに対する信頼ポリシー:',
    'sharing-role-trust-third-party': '第三者に対する信頼ポリシー (相手と取り決めた外部 ID を使用):',
  },
  fix: {
    attach: (target, certain) =>
      certain
        ? spaced`${target} に追加:`
        : spaced`不足している場合は ${target} に追加 (不足しているとは AWS は示していません):`,
    managedPolicy: (name) => `より広い、これを含む最小の AWS 管理ポリシー: ${name}`,
    managedPolicyWithFullAccess: (name) =>
      `より広い、これを含む AWS 管理ポリシー: ${name}。証跡の停止と削除も許可します。`,
    replaces: '許可セットのインラインポリシーは置き換えられます。既存のポリシーにこのステートメントを加えてください。',
    otherWays: (count) => `ほかに ${count} 件あります。npx trailmend explain にイベントを渡すと表示されます。`,
    none: 'なし。許可を追加しても、この拒否は解除されません。',
  },
  ownRefusal:
    'Trailmend を再度デプロイし、そのロールに対する明示的な拒否がないか確認してください。権限はスタックが与えるものだけです。それまでは、拒否された手順を手作業で行ってください。',
  notes: {
    oneLayerOnly: 'AWS が示す層は 1 つだけです。その後に別の層が拒否することがあります。',
    untrusted: 'エンベロープのアカウントと CloudTrail レコードのアカウントが一致しません。内容を疑ってください。',
    consoleOnly: 'CloudTrail との関連はコンソールのセッションだけです。別の操作によるものかもしれません。',
    beyondFullAccess: (action) =>
      `AWSCloudTrail_FullAccess は ${action} を許可します。呼び出し元がこれを持っている場合、アクセス許可の境界、SCP、セッションポリシーのいずれかが拒否しています。`,
  },
  roles: {
    created: '作成済み (IAM で確認)',
    'already-present': '存在します',
    'would-create': 'ありません (remediation が observe のため未作成)',
    'probe-failed': '不明 (Trailmend が確認できませんでした)',
    'create-failed': '存在せず、作成もできませんでした',
    since: '存在します (呼び出しの失敗後に作成)',
    error: (name, message) => `(${name}: ${message})`,
  },
  afterRoles: {
    created: (operation) =>
      `ロールは存在するようになりました。${operation} が成功するかは、呼び出し元の再試行でわかります。`,
    appearedSince: (operation) => `呼び出しの失敗後にロールが作成されました。${operation} を再試行してください。`,
    alreadyPresent: (rights) =>
      `ロールは原因ではありません。このエラーは、呼び出し元の権限不足でも起こります。次のすべてがあるか確認してください: ${rights.join(', ')}`,
    failed: (commands, again) =>
      `作成できる人が、管理アカウントで実行してください:\n${commands.join('\n')}\n${nextTry(again)}`,
    probeFailed: (commands, again) =>
      `管理アカウントでロールを確認し、なければ作成してください:\n${commands.join('\n')}\n${nextTry(again)}`,
    wouldCreate: (commands) =>
      `管理アカウントで作成するか、remediation を auto にしてデプロイしてください:\n${commands.join('\n')}`,
    registerDelegate:
      '組織には CloudTrail の委任管理者がいません。別のアカウントで組織の証跡を管理する場合は、Organizations ではなく CloudTrail で登録してください:\naws cloudtrail register-organization-delegated-admin --member-account-id <account-id>',
    createTrail: (accounts) =>
      `CloudTrail の委任管理者: ${accounts.join(', ')}。組織の証跡はまだここでは確認できません。作成してください:\naws cloudtrail create-trail --name <name> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail`,
    standingUnknown: (error) => `委任管理者や組織の証跡があるかは不明です: ${error}`,
  },
  incident: {
    since: ({ untold, exact }, actions, others) => {
      const names = actions.length === 0 ? '' : ` (${ja.incident.names(actions, others)})`;
      return `前回の通知以降、${untold} 回${exact ? '' : '以上'}拒否されました${names}。`;
    },
    names: (names, others) => `${names.join('、')}${others ? ' ほか' : ''}`,
    sameReason: '理由は前回までの通知と同じです。前回までの通知の手順は、これらのアクションにも当てはまります。',
    line: (key, news, quietSince, minutes) => {
      const when = { first: '初回', again: `再発 (前回の終了: ${quietSince})`, ongoing: '継続中' }[news];
      return `${key}、${when}。以降 ${spanOf(minutes)}の繰り返しはまとめて通知します`;
    },
    count: ({ untold, suppressed, total, exact, since }) => {
      const all = untold === total ? '' : `、合計 ${total} 回${exact ? '' : '以上'}`;
      const some = suppressed < untold ? `、うち通知抑止 ${suppressed} 回` : '、通知抑止';
      const silenced = suppressed === 0 ? '' : some;
      return `${untold} 回${exact ? '' : '以上'}拒否${silenced}${all} (${since} 以降)。`;
    },
    actions: namesOf('アクション'),
    principals: namesOf('呼び出し元'),
    accounts: namesOf('アカウント'),
    resources: namesOf('リソース'),
  },
  digest: {
    subject: (kind, { incidents, refusals }) =>
      ({
        storm: `${incidents} 件のインシデントを 1 通に集約。後でまとめて通知`,
        digest: `まとめ: ${incidents} 件のインシデントで ${refusals} 回の拒否`,
        daily: `日次まとめ: ${incidents} 件のインシデントで ${refusals} 回の拒否`,
      })[kind],
    whatHappened: (kind, { incidents, refusals, exact }) =>
      ({
        storm: `同時に、または 1 時間以内に送る通知が多くなりすぎるため、${incidents} 件のインシデントを 1 通にまとめました。これまでに ${refusals} 回${exact ? 'の' : '以上の'}拒否がありました。`,
        digest: `前回の通知以降、${incidents} 件のインシデントで ${refusals} 回${exact ? 'の' : '以上の'}拒否がありました。`,
        daily: `重要度が低いもの、または通知を止めているもの: ${incidents} 件のインシデントで ${refusals} 回${exact ? 'の' : '以上の'}拒否がありました。`,
      })[kind],
    nextStep: (kind, until) =>
      kind === 'storm'
        ? `変更されたばかりのポリシーなど、共通の原因を探してください。重要度が高いものは引き続きすぐに、日次まとめの対象は日次まとめで、それ以外は ${until} のまとめで通知します。`
        : '重要度の高いものから順に並んでいます。上から確認してください。',
    row: (refused, who, account) => spaced`${account} で ${who} による ${refused} が拒否されました。`,
    last: (time) => `最終: ${time}。`,
    times: (count) => `${count} 回。`,
    graded: (id, severity) => `${id}、${ja.severities[severity]}`,
    key: 'KEY は各インシデントの先頭にある値です。',
    shared: (what, value, count, of) => {
      const share = count === of ? `${of} 件すべて` : `${of} 件中 ${count} 件`;
      return {
        policy: `${share}が同じポリシーによる拒否: ${value}`,
        layer: `${share}が同じ種類のポリシーによる拒否: ${value}`,
        account: `${share}が同じアカウント: ${value}`,
      }[what];
    },
    more: (kind, count) =>
      kind === 'storm'
        ? `ほか ${count} 件は省略しています。まとめの通知にはすべてのインシデントが載ります。`
        : '一度に処理できる数を超えるインシデントがあります。残りは別の通知で知らせます。',
    part: ({ number, of }) => `(${number}/${of})`,
    suppressed: (reason) => `設定により通知抑止: ${reason}`,
    muted: (by, until, reason) => `${by} が ${until} まで通知を停止: ${reason}`,
    goesOn: (count, subject) => `さらに ${count} 回: ${subject}`,
  },
  sentences: (sentences) => sentences.join(''),
  more: (eventId, region) =>
    `イベントが発生したアカウントで表示:\naws cloudtrail lookup-events --lookup-attributes AttributeKey=EventId,AttributeValue=${eventId} --region ${region}`,
  case: (id, url) => `${id}、参照: ${url}`,
};

/** Japanese letters and marks, which take no space between each other. */
const WIDE = '[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}ー、。]';
const ENDS_WIDE = new RegExp(`${WIDE}$`, 'u');
const BEGINS_WIDE = new RegExp(`^${WIDE}`, 'u');

/** A text with names in it: the space beside a name goes where the name begins or ends in Japanese, as the text there does. */
function spaced(texts: TemplateStringsArray, ...names: readonly string[]): string {
  return texts.reduce((text, next, at) => {
    const name = names[at - 1] ?? '';
    const before = BEGINS_WIDE.test(name) && ENDS_WIDE.test(text.trimEnd()) ? text.trimEnd() : text;
    const after = ENDS_WIDE.test(name) && BEGINS_WIDE.test(next.trimStart()) ? next.trimStart() : next;
    return `${before}${name}${after}`;
  });
}

function nextTry(again: { readonly number: number; readonly of: number } | null): string {
  return again === null
    ? 'Trailmend は再試行しません。'
    : `Trailmend が自動で再試行します (今回は ${again.of} 回中 ${again.number} 回目)。`;
}

function namesOf(what: string): (names: readonly string[], more: number) => string {
  return (names, more) => `${what}: ${names.join('、')}${more === 0 ? '' : ` ほか ${more} 件以上`}`;
}

function spanOf(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60} 時間` : `${minutes} 分間`;
}
