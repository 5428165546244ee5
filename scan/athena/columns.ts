/**
 * Columns of the table, as AWS documents it for CloudTrail. Whatever has no column here, a record does not have in Athena.
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 */
export const TABLE_COLUMNS: readonly (readonly [name: string, type: string])[] = [
  ['eventversion', 'STRING'],
  [
    'useridentity',
    'STRUCT<type:STRING,principalid:STRING,arn:STRING,accountid:STRING,invokedby:STRING,accesskeyid:STRING,username:STRING,' +
      'onbehalfof:STRUCT<userid:STRING,identitystorearn:STRING>,' +
      'sessioncontext:STRUCT<attributes:STRUCT<mfaauthenticated:STRING,creationdate:STRING>,' +
      'sessionissuer:STRUCT<type:STRING,principalid:STRING,arn:STRING,accountid:STRING,username:STRING>,' +
      'ec2roledelivery:STRING,webidfederationdata:STRUCT<federatedprovider:STRING,attributes:MAP<STRING,STRING>>>>',
  ],
  ['eventtime', 'STRING'],
  ['eventsource', 'STRING'],
  ['eventname', 'STRING'],
  ['awsregion', 'STRING'],
  ['sourceipaddress', 'STRING'],
  ['useragent', 'STRING'],
  ['errorcode', 'STRING'],
  ['errormessage', 'STRING'],
  ['requestparameters', 'STRING'],
  ['responseelements', 'STRING'],
  ['additionaleventdata', 'STRING'],
  ['requestid', 'STRING'],
  ['eventid', 'STRING'],
  ['readonly', 'STRING'],
  ['resources', 'ARRAY<STRUCT<arn:STRING,accountid:STRING,type:STRING>>'],
  ['eventtype', 'STRING'],
  ['apiversion', 'STRING'],
  ['recipientaccountid', 'STRING'],
  ['serviceeventdetails', 'STRING'],
  ['sharedeventid', 'STRING'],
  ['vpcendpointid', 'STRING'],
  ['vpcendpointaccountid', 'STRING'],
  ['eventcategory', 'STRING'],
  ['addendum', 'STRUCT<reason:STRING,updatedfields:STRING,originalrequestid:STRING,originaleventid:STRING>'],
  ['sessioncredentialfromconsole', 'STRING'],
  ['edgedevicedetails', 'STRING'],
  ['tlsdetails', 'STRUCT<tlsversion:STRING,ciphersuite:STRING,clientprovidedhostheader:STRING>'],
];

/**
 * What the query asks of a record: all that the parser reads, each as one text, since engine versions write a whole structure
 * as JSON differently. Lists of texts they write alike.
 * @see https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html
 */
export const SELECTED = {
  event_id: 'eventid',
  shared_event_id: 'sharedeventid',
  original_event_id: 'addendum.originaleventid',
  event_time: 'eventtime',
  event_source: 'eventsource',
  event_name: 'eventname',
  aws_region: 'awsregion',
  recipient_account_id: 'recipientaccountid',
  source_ip_address: 'sourceipaddress',
  read_only: 'readonly',
  error_code: 'errorcode',
  error_message: 'errormessage',
  request_parameters: 'requestparameters',
  resource_arns: 'json_format(CAST(transform(resources, r -> r.arn) AS JSON))',
  from_console: 'sessioncredentialfromconsole',
  has_no_identity: 'CAST(useridentity IS NULL AS VARCHAR)',
  identity_type: 'useridentity.type',
  identity_arn: 'useridentity.arn',
  identity_account_id: 'useridentity.accountid',
  identity_principal_id: 'useridentity.principalid',
  identity_invoked_by: 'useridentity.invokedby',
  identity_user_id: 'useridentity.onbehalfof.userid',
  issuer_arn: 'useridentity.sessioncontext.sessionissuer.arn',
} as const;

/** A row of the answer: texts, null where the record has nothing. */
export type Row = Readonly<Record<keyof typeof SELECTED, string | null>>;
