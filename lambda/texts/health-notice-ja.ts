import type { HealthNoticeTexts } from './health-notice-texts';

/** Japanese. */
export const healthNoticeJa: HealthNoticeTexts = {
  labels: {
    check: '確認項目',
    mend: '修復方法',
    nextStep: '次の手順',
    note: '補足',
    role: 'ロール',
    seen: '確認結果',
    since: '期間',
    undo: '取り消し',
    whatHappened: '発生内容',
    why: '影響',
  },
  failures: {
    account: '想定外のアカウントで動作しています',
    'all-features': '組織のすべての機能が有効ではありません',
    'trusted-access': 'CloudTrail の信頼されたアクセスが無効です',
    'stack-sets-access': 'StackSets の信頼されたアクセスが無効です',
    roles: 'CloudTrail のサービスリンクロールがありません',
    trail: '拒否をすべて届ける証跡がありません',
    rules: '拒否を検知するルールが壊れています',
    'bus-policy': 'イベントバスが組織を許可していません',
    forwarders: '検知できないアカウントまたはリージョンがあります',
    canary: 'カナリアの拒否が戻ってきません',
    accounts: '検知できないアカウントがあります',
    subscribers: '通知の購読者が不足しています',
    'topic-key': 'トピックのキーが発行元を拒否しています',
    'topic-policy': 'トピックが発行元を拒否しています',
    queue: '拒否の処理が遅れています',
    'dead-letters': '処理できなかった拒否があります',
    probe: 'プローブの実行が遅れています',
  },
  meanings: {
    account: 'Trailmend が検知と修復を行えるのは管理アカウントだけです。',
    'all-features': 'すべての機能が有効でない組織では、組織の証跡を作成できません。',
    'trusted-access': '組織の証跡に関する呼び出しは、誰が行っても失敗します。',
    'stack-sets-access': 'メンバーアカウントにフォワーダーが配置されず、新しいアカウントも検知できません。',
    roles: '組織の証跡に関する呼び出しは、委任管理者を含め、誰が行っても失敗します。',
    trail: 'EventBridge に届くのは証跡が記録したものだけです。そこでの拒否は検知できない場合があります。',
    rules: 'そのリージョンの拒否が Trailmend に届かないか、一部しか届きません。',
    'bus-policy': 'ほかのアカウントでの拒否が Trailmend に届きません。',
    forwarders: 'そこでの拒否は Trailmend に届きません。',
    canary:
      '拒否がレスポンダーに届くまでの経路 (ルール、フォワーダー、バスのポリシー、キュー、レスポンダー) のどこかが切れています。ほかの拒否も届きません。',
    accounts: 'これらのアカウントでの拒否は Trailmend に届かない可能性があります。',
    subscribers: '通知を受け取るはずの人に届いていません。',
    'topic-key': '通知やアラームが、誰にも気付かれずに失敗する可能性があります。',
    'topic-policy': '通知やアラームが、誰にも気付かれずに失敗する可能性があります。',
    queue: '拒否への対応が遅れるか、行われません。',
    'dead-letters': '処理されるまで、これらの拒否は誰にも通知されません。14 日後に削除されます。',
    probe: 'ほかの問題が見逃される可能性があります。',
  },
  subjects: (first, more) => (more === 0 ? first : `${first} ほか ${more} 件`),
  wellAgain: (check) => `復旧: ${check}`,
  tampered: (action, more) => `手動での変更: ${action}${more === 0 ? '' : ` ほか ${more} 件`}`,
  created: (role) => `${role} を事前に作成しました`,
  found: (check, count) =>
    count === 1
      ? `Trailmend 自身の確認で問題が見つかりました: ${check}。`
      : `Trailmend 自身の確認で、${count} か所に問題が見つかりました: ${check}。`,
  isWell: (check, count) => (count === 1 ? `復旧しました: ${check}。` : `${count} か所で復旧しました: ${check}。`),
  lasted: (from, until) => `${from} から ${until} まで問題がありました。`,
  changed: (count) =>
    count === 1
      ? 'Trailmend 自身のリソースが、デプロイ以外の方法で変更されました。'
      : `Trailmend 自身のリソースが、デプロイ以外の方法で ${count} 回変更されました。`,
  change: ({ time, principal, session, action, resource, from, region }) =>
    `${time}、${region}: ${principal}${session === null ? '' : ` (セッション ${session})`} が ${from} から ${resource} に対して ${action} を呼び出しました。`,
  wasCreated: (role) =>
    `Trailmend が管理アカウントに ${role} を作成しました。まだ拒否された呼び出しはなく、プローブが不足を見つけました。`,
  neededFor: (trustedAccess, delegates) => {
    const reasons = [
      ...(trustedAccess ? ['CloudTrail の信頼されたアクセスが有効'] : []),
      ...(delegates.length === 0 ? [] : [`CloudTrail の委任管理者が登録済み (${delegates.join(', ')})`]),
    ];
    return `組織の証跡に必要です: ${reasons.join('、')}。ロールがないと、呼び出しは NoManagementAccountSLRExistsException で失敗します。`;
  },
  where: (account, region) => `アカウント ${account}、${region} で実行:`,
  steps: {
    failed: '「修復方法」のコマンドを順に実行してください。<...> の部分は置き換えてください。',
    well: '必要ありません。',
    tampered:
      '誰が行ったかを確認してください。意図しない変更であれば、npx cdk deploy <stack> --revert-drift、または doctor が示すコマンドを実行してください。--revert-drift なしのデプロイでは元に戻らないことがあります。すべての確認を実行し直しました。問題が見つかれば別の通知で知らせます。',
    created: '必要ありません。組織の証跡の作成や委任管理者の登録を行えます。',
  },
  couldNot: (error, message) => `Trailmend は修復を試みましたが、できませんでした: ${error}: ${message}`,
  observed: 'remediation が observe のため作成していません。auto であれば作成していました。',
  canary: (role, trail) =>
    `カナリアは権限のないロール ${role} です。${trail} に対する cloudtrail:GetTrailStatus の拒否は意図したものです。独自の検知ルールからは除外してください。`,
  checkedAgain: '復旧するまで 5 分ごとに確認し、復旧したら 1 回だけ通知します。すべての確認: npx trailmend doctor',
  more: (count) => `ほか ${count} 件。npx trailmend doctor ですべて表示できます。`,
};
