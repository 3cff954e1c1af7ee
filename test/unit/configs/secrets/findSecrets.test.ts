import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findValues } from '../../../../src/configs/formats/findValues.ts';
import type { ConfigFormat } from '../../../../src/configs/formats/scalarValue.ts';
import { cutSecrets, fillIn } from '../../../../src/configs/secrets/cutSecrets.ts';
import { findSecrets } from '../../../../src/configs/secrets/findSecrets.ts';
import type { SecretRules } from '../../../../src/configs/secrets/secretRange.ts';

/** The text with each secret replaced by its reason. */
function masked(text: string, format: ConfigFormat, rules: Partial<SecretRules> = {}): string {
  const ranges = findSecrets(text, findValues(text, format), { sensitiveKeys: [], safeKeys: [], ...rules });
  const { template, offsets } = cutSecrets(text, ranges);
  return fillIn(
    template,
    offsets,
    ranges.map((range) => `<${range.reason}>`),
  );
}

test('a range tells where, under which key, the how-manieth, and why', () => {
  const text = 'db:\n  password: hunter2\n  password: hunter3\n';
  assert.deepEqual(findSecrets(text, findValues(text, 'yaml'), { sensitiveKeys: [], safeKeys: [] }), [
    { start: 16, end: 23, path: ['db', 'password'], document: 0, occurrence: 0, style: 'plain', reason: 'name' },
    { start: 36, end: 43, path: ['db', 'password'], document: 0, occurrence: 1, style: 'plain', reason: 'name' },
  ]);
});

test('the empty text has no secrets, an unreadable one is one secret', () => {
  assert.equal(masked('', 'yaml'), '');
  assert.equal(masked('a\0b', 'text'), '<whole>');
  assert.equal(masked('hunter2\n', 'opaque'), '<whole>');
});

test('names count by words, and not when they only tell about a secret', () => {
  assert.equal(
    masked('monkey: a1\ndbPassword: a1\npassword_file: a1\nmax_tokens: 4096\nbypass: a1\n', 'yaml'),
    'monkey: a1\ndbPassword: <name>\npassword_file: a1\nmax_tokens: 4096\nbypass: a1\n',
  );
});

test('everything below a secret key is secret, descriptions aside', () => {
  assert.equal(
    masked('credentials:\n  primary: abc\n  list: [x1, y2]\n  enabled: true\n  username: bob\n', 'yaml'),
    'credentials:\n  primary: <below>\n  list: [<below>, <below>]\n  enabled: true\n  username: bob\n',
  );
});

test('a value is secret when its name stands beside it', () => {
  assert.equal(
    masked('- name: DB_PASSWORD\n  value: foo\n- name: LEVEL\n  value: info\n', 'yaml'),
    '- name: DB_PASSWORD\n  value: <pair>\n- name: LEVEL\n  value: info\n',
  );
});

test('the data of a Kubernetes Secret is secret in its own document only', () => {
  assert.equal(
    masked('kind: Secret\ndata:\n  a: YWJj\n---\nkind: ConfigMap\ndata:\n  a: YWJj\n', 'yaml'),
    'kind: Secret\ndata:\n  a: <kubernetes>\n---\nkind: ConfigMap\ndata:\n  a: YWJj\n',
  );
});

test('an anchored value that is repeated under a secret key is cut where it stands', () => {
  assert.equal(masked('base: &x qwerty\npassword: *x\n', 'yaml'), 'base: &x <alias>\npassword: *x\n');
});

test('only the password of a URL is cut, even with a raw #, / or @ in it', () => {
  assert.equal(
    masked('u: postgres://bob:p@ss/w#rd@db:5432/x\nv: https://example.org:8443/@scope\n', 'yaml'),
    'u: postgres://bob:<url>@db:5432/x\nv: https://example.org:8443/@scope\n',
  );
});

test('the user wins over every rule, the deeper and the longer entry over the other', () => {
  const text = 'password: a1\nhobby: chess\ndatabase:\n  port: 1\n  name: x\n';
  assert.equal(
    masked(text, 'yaml', { sensitiveKeys: ['hobby', 'DATABASE'], safeKeys: ['Password', 'database.port'] }),
    'password: a1\nhobby: <user>\ndatabase:\n  port: 1\n  name: <user>\n',
  );
});

test('a key that is itself a secret does not stand in any path', () => {
  const key = 'ghp_' + 'a1B2'.repeat(9);
  const text = `tokens:\n  ${key}: hunter2\n`;
  const ranges = findSecrets(text, findValues(text, 'yaml'), { sensitiveKeys: ['tokens'], safeKeys: [] });
  assert.deepEqual(
    ranges.map((range) => [text.slice(range.start, range.end), range.path]),
    [
      [key, []],
      ['hunter2', ['tokens', '(secret)']],
    ],
  );
});

test('a template is no secret, the literal inside it is', () => {
  const lines: [string, string][] = [
    ['password: <%= ENV["DB_PW"] %>', 'password: <%= ENV["DB_PW"] %>'],
    ["password: \"{{ lookup('env', 'DB_PW') }}\"", "password: \"{{ lookup('env', 'DB_PW') }}\""],
    ['password: "{{ \'hunter2\' | password_hash }}"', 'password: "<name>"'],
    ['password: \'{{ .Values.pw | default "hunter2" }}\'', "password: '<name>'"],
    ['password: "{DB_PASSWORD}"', 'password: "{DB_PASSWORD}"'],
    ['password: $DB_PASSWORD', 'password: $DB_PASSWORD'],
    ['password: $ecret', 'password: <name>'],
    ['password: $ecret1', 'password: <name>'],
    ['password: "os.getenv(\'PW\')"', 'password: "os.getenv(\'PW\')"'],
    ["password: \"os.getenv('PW','hunter2')\"", 'password: "<name>"'],
    ['password: "process.env.PW||\'hunter2\'"', 'password: "<name>"'],
    ['password: pass:hunter2', 'password: <name>'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'yaml'), expected);
});

test('a list of arguments is read as the command line that it is', () => {
  assert.equal(
    masked('test: [CMD, redis-cli, -a, qwerty, ping]\nargs: [--token, qwerty]\n', 'yaml'),
    'test: [CMD, redis-cli, -a, <pair>, ping]\nargs: [--token, <pair>]\n',
  );
});

test('a bare key counts when its value looks like one', () => {
  assert.equal(
    masked('a: {key: EJ39ITYZEUH5BGWDRUFY}\nb: {key: backups/nightly}\nc: {key: "f5 + shift"}\n', 'yaml'),
    'a: {key: <name>}\nb: {key: backups/nightly}\nc: {key: "f5 + shift"}\n',
  );
  assert.equal(
    masked("  'key' => 'EJ39ITYZEUH5BGWDRUFY',\n  'password' => 'x y',\n", 'text'),
    "  'key' => '<name>',\n  'password' => '<name>',\n",
  );
});

test('certificates and public keys are left, private keys are not', () => {
  const block = (kind: string) =>
    `-----BEGIN ${kind}-----\nMIIDQjCCAiqgAwIBAgIUK0b3q1Zc8H5xYtR2mNfVpLwEuJkw\n-----END ${kind}-----\n`;
  for (const kind of ['CERTIFICATE', 'PUBLIC KEY']) assert.equal(masked(block(kind), 'text'), block(kind));
  assert.equal(masked(`${block('OpenVPN Static key V1')}verb 3\n`, 'text'), '<privateKey>\nverb 3\n');
});

test('a password without a name is found by the directive before it', () => {
  const lines: [string, string][] = [
    ['SQLConnectInfo db@localhost bob qwerty', 'SQLConnectInfo db@localhost bob <inline>'],
    ['LDAPBindDN "cn=admin" "qwerty"', 'LDAPBindDN "cn=admin" "<inline>"'],
    ['enable secret 5 qwerty', 'enable secret 5 <inline>'],
    ['snmp-server community qwerty RO', 'snmp-server community <inline> RO'],
    ['register => 2345:qwerty@sip.example.org', 'register => 2345:<inline>@sip.example.org'],
    ['Password protection of the archive is not used', 'Password protection of the archive is not used'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'text'), expected);
  assert.equal(masked('<auth-user-pass>\nbob\nqwerty\n</auth-user-pass>\n', 'text').includes('qwerty'), false);
});

test('a setting that is commented out is found whatever language it is in', () => {
  assert.equal(
    masked('# gitlab_rails[\'db_password\'] = "qwerty"\n# password = qwerty\n#password: qwerty\n', 'text'),
    '# gitlab_rails[\'db_password\'] = "<name>"\n# password = <name>\n#password: <name>\n',
  );
});

test('names of secrets in a list are left', () => {
  assert.equal(masked('secrets: [db_password, api_token]\n', 'yaml'), 'secrets: [db_password, api_token]\n');
});

test('short words drawn by chance count, names of camels and digits do not', () => {
  assert.equal(
    masked('a: hGr4tU9vXyZa2bCd\nb: eu4west2Region1Zone\nc: backupServer2024x\nd: 20261124T010000Z\n', 'yaml'),
    'a: <entropy>\nb: eu4west2Region1Zone\nc: backupServer2024x\nd: 20261124T010000Z\n',
  );
});

test('below tokens, words drawn by chance are secret, and numbers are not', () => {
  assert.equal(
    masked('tokens:\n  agent: d5c1f8ac-1b2d-4c3e\n  limit: 4096\n  mode: strict\n', 'yaml'),
    'tokens:\n  agent: <below>\n  limit: 4096\n  mode: strict\n',
  );
});

test('the text of an element may stand on lines of its own', () => {
  assert.equal(masked('<secret>\n  correct horse\n</secret>\n', 'text'), '<secret>\n  <name>\n</secret>\n');
  assert.equal(
    masked('<Limit>\n  Require all denied\n</Limit>\n', 'text'),
    '<Limit>\n  Require all denied\n</Limit>\n',
  );
});

test('a quoted name inside a value has its value, a quoted pair ends with its quote', () => {
  assert.equal(
    masked('Call -Headers @{ "X-Api-Key" = "qwerty" }\n', 'text'),
    'Call -Headers @{ "X-Api-Key" = "<inline>" }\n',
  );
  assert.equal(masked('run: a "password=correct horse" b\n', 'yaml'), 'run: a "password=<inline>" b\n');
});

test('JSON that is broken somewhere is read pair by pair', () => {
  const text =
    '{"a": {"name": "passphrase", "value": "qwerty"}, "b": {"password": "qwerty", "port": 22},,\n"token": "qwe';
  assert.equal(
    masked(text, 'json'),
    '{"a": {"name": "passphrase", "value": "<pair>"}, "b": {"password": "<name>", "port": 22},,\n"token": <name>',
  );
});

test('which word of a network device or Redis Sentinel is the password, the command before it tells', () => {
  const lines: [string, string][] = [
    ['sentinel auth-user shop watch', 'sentinel auth-user shop watch'],
    ['sentinel rename-command shop CONFIG qwerty', 'sentinel rename-command shop CONFIG <inline>'],
    [' standby 1 authentication md5 key-string qwerty', ' standby 1 authentication md5 key-string <inline>'],
    ['snmp-server host 10.0.0.9 version 2c trapsy', 'snmp-server host 10.0.0.9 version 2c <inline>'],
    ['snmp-server host 10.0.0.9 version 3 priv qwerty', 'snmp-server host 10.0.0.9 version 3 priv <inline>'],
    [
      'radius-server host 10.0.0.1 auth-port 1812 key 7 0822',
      'radius-server host 10.0.0.1 auth-port 1812 key 7 <inline>',
    ],
    [
      'radius server A\n address ipv4 10.0.0.1\n key qwerty\n',
      'radius server A\n address ipv4 10.0.0.1\n key <inline>\n',
    ],
    ['key chain A\n key 1\n', 'key chain A\n key 1\n'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'text'), expected);
  assert.ok(!masked('sentinel auth-pass shop qwerty\n', 'text').includes('qwerty'));
  assert.ok(!/qwerty|asdfgh/.test(masked('snmp-server user a B v3 auth sha qwerty priv aes 128 asdfgh\n', 'text')));
});

test('a word is a password as a community or the password of a proxy, and not as a name of a route or an upstream', () => {
  assert.equal(
    masked('community: qwerty\nbgp: {community: "65000:100"}\n', 'yaml'),
    'community: <name>\nbgp: {community: "65000:100"}\n',
  );
  assert.equal(masked("$proxy_pass = 'qwerty';\n", 'text'), "$proxy_pass = '<name>';\n");
  assert.equal(masked('location / { proxy_pass backend; }\n', 'nginx'), 'location / { proxy_pass backend; }\n');
  assert.equal(masked('ProxyPass /app http://app:80/\n', 'text'), 'ProxyPass /app http://app:80/\n');
});

test('a name and a password under a key of logins are one secret, a host with a port is none', () => {
  assert.equal(
    masked('basic.auth.user.info=bob:qwerty\nauth_server=ldap:389\nauth=ldap\n', 'ini'),
    'basic.auth.user.info=<name>\nauth_server=ldap:389\nauth=ldap\n',
  );
});

test('the name of a key file and a certificate in base64 are no secrets', () => {
  const text =
    'private_key: server.key\ncertificate: $dir/ca.pem\nclient-certificate-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUQ=\n';
  assert.equal(masked(text, 'yaml'), text);
  assert.equal(masked('password: server.key\n', 'yaml'), 'password: <name>\n');
  assert.equal(masked('keystore_password: bob.key\n', 'yaml'), 'keystore_password: <name>\n');
  assert.equal(masked('a: x keystorePassword=bob.key\n', 'yaml'), 'a: x keystorePassword=<inline>\n');
});

test('a quoted name has a quoted value behind it, and an equals sign is never the value', () => {
  assert.equal(masked('device-property "PASSWORD" "qwerty"\n', 'text'), 'device-property "PASSWORD" "<inline>"\n');
  assert.equal(masked('seal "x" { token = "qwerty1" }\n', 'text'), 'seal "x" { token = "<inline>" }\n');
  assert.equal(masked('-- x --turn_secret = "qwerty1"\n', 'text'), '-- x --turn_secret = "<name>"\n');
});

test('a variable that is handed to a command is no secret', () => {
  const text = 'PASSPHRASE=$GPG_PASSWORD duplicity /srv sftp://u@nas/srv\n';
  assert.equal(masked(text, 'text'), text);
});

test('a remark behind a setting that is commented out does not hide it', () => {
  assert.equal(masked('a: 1\n#api_key: qwerty1 # make it anew\n', 'yaml'), 'a: 1\n#api_key: <name> # make it anew\n');
});

test('all that Grafana calls secure is secret', () => {
  assert.equal(
    masked('jsonData: {a: qwerty}\nsecureJsonData: {httpHeaderValue1: qwerty}\n', 'yaml'),
    'jsonData: {a: qwerty}\nsecureJsonData: {httpHeaderValue1: <below>}\n',
  );
});

test('a bare key is what the word above it says', () => {
  assert.equal(
    masked('api: {key: qwerty}\nencrypt: {key: qwerty}\ncache: {key: qwerty}\n', 'yaml'),
    'api: {key: <name>}\nencrypt: {key: <name>}\ncache: {key: qwerty}\n',
  );
  const reference = 'valueFrom: {secretKeyRef: {name: db, key: password}}\n';
  assert.equal(masked(reference, 'yaml'), reference);
});

test('an address that lets anybody write to a chat or a monitor is a secret', () => {
  const lines: [string, string][] = [
    ['u: discord://t0ken@123456', 'u: discord://<url>'],
    ['u: https://kuma.example.org/api/push/dkk3j2Pq0z', 'u: https://kuma.example.org/api/push/<url>'],
    ['u: https://chat.example.org/hooks/x7k2m9q4w1e8', 'u: https://chat.example.org/hooks/<url>'],
    ['u: https://hooks.zapier.com/hooks/catch/123/abcdef', 'u: https://hooks.zapier.com/hooks/catch/<url>'],
    ['u: https://example.org/hooks/pre-commit', 'u: https://example.org/hooks/pre-commit'],
    ['u: jdbc:oracle:thin:scott/qwerty@//db:1521/x', 'u: jdbc:oracle:thin:scott/<url>@//db:1521/x'],
    ['u: "tcp://cache:6379?auth=qwerty"', 'u: "tcp://cache:6379?auth=<inline>"'],
    ['u: https://example.org/list?key=name&x=1', 'u: https://example.org/list?key=name&x=1'],
    ['u: https://example.org/list?key=a1b2c3d4e5f6', 'u: https://example.org/list?key=<inline>'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'yaml'), expected);
});

test('an element is named by an attribute or by the element before it', () => {
  const lines: [string, string][] = [
    ['<property name="db.password">qwerty</property>', '<property name="db.password"><pair></property>'],
    ['<property name="db.user">qwerty</property>', '<property name="db.user">qwerty</property>'],
    [
      '<p><param-name>dbPassword</param-name><param-value>qwerty</param-value></p>',
      '<p><param-name>dbPassword</param-name><param-value><pair></param-value></p>',
    ],
    [
      '<property>\n  <name>s3.secret.key</name>\n  <value>qwerty</value>\n</property>\n<property>\n  <name>dir</name>\n  <value>qwerty</value>\n</property>',
      '<property>\n  <name>s3.secret.key</name>\n  <value><pair></value>\n</property>\n<property>\n  <name>dir</name>\n  <value>qwerty</value>\n</property>',
    ],
    ['<!-- <password>qwerty</password> -->', '<!-- <password><name></password> -->'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'text'), expected);
});

test('what stands deeper than a setting with a value is not below it', () => {
  assert.equal(
    masked('password = qwerty\n  filter = "(uid=bob)"\n', 'text'),
    'password = <name>\n  filter = "(uid=bob)"\n',
  );
  assert.equal(
    masked('password = qwerty\n  zxcvb\n  base = dc=org\n', 'ini'),
    'password = <name>\n  <name>\n  base = dc=org\n',
  );
});

test('a password or a community stands at its place in a directive', () => {
  const lines: [string, string][] = [
    ['trap2sink 10.0.0.1 qwerty', 'trap2sink 10.0.0.1 <inline>'],
    ['100 => 4711,Bob,bob@example.org', '100 => <inline>,Bob,bob@example.org'],
    ['cache_peer p parent 3128 0 login=bob:qwerty', 'cache_peer p parent 3128 0 login=bob:<inline>'],
    ['ProxyPassReverse / http://app/', 'ProxyPassReverse / http://app/'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'text'), expected);
  assert.equal(
    masked('location / { secure_link_md5 "$uri$expires qwerty"; }\n', 'nginx'),
    'location / { secure_link_md5 "$uri$expires <inline>"; }\n',
  );
});

test('PWD is a folder or a password, a license a number or a name', () => {
  assert.equal(masked('PWD=/home/bob\nLICENSE=GPL-2.0\n', 'dotenv'), 'PWD=/home/bob\nLICENSE=GPL-2.0\n');
  assert.equal(masked('PWD=qwerty\nLICENSE=AB12-CD34-EF56\n', 'ini'), 'PWD=<name>\nLICENSE=<name>\n');
});

test('the key of a license is secret as it is spelled on either side of the ocean', () => {
  assert.equal(masked('LICENSE_KEY=gold\nLICENCE_KEY=gold\n', 'ini'), 'LICENSE_KEY=<name>\nLICENCE_KEY=<name>\n');
});

test('what stands for a value in templates of Python and Apache is no secret, nor the name of one in an annotation', () => {
  const text =
    'token: "%(cftoken)s"\npassword: "%{User-Password}"\nnginx.ingress.kubernetes.io/auth-tls-secret: default/ca\n';
  assert.equal(masked(text, 'yaml'), text);
});

test('a value that is said to be sensitive is secret, and so is what Terraform made up in a broken state', () => {
  assert.equal(
    masked('{"a": {"value": "qwerty", "sensitive": true}, "b": {"value": "qwerty", "sensitive": false}}', 'json'),
    '{"a": {"value": "<pair>", "sensitive": true}, "b": {"value": "qwerty", "sensitive": false}}',
  );
  assert.equal(
    masked('{"x":1,,"r": [{"type": "random_password", "i": [{"a": {"length": 6, "result": "qwerty"}}]}]}', 'json'),
    '{"x":1,,"r": [{"type": "random_password", "i": [{"a": {"length": 6, "result": "<inline>"}}]}]}',
  );
});

test('a word may say how the password after it is written', () => {
  const lines: [string, string][] = [
    ['set password ENC cXdlcnR5cXdlcnR5cQ==', 'set password <name>'],
    ['user admin password ENC qwerty', 'user admin password ENC <inline>'],
    ["option key 'qwerty'", "option key '<inline>'"],
    ["option key '1'", "option key '1'"],
    ['MONITOR ups@nas 1 bob qwerty primary', 'MONITOR ups@nas 1 bob <inline> primary'],
    ['<rocommunity>qwerty</rocommunity>', '<rocommunity><name></rocommunity>'],
  ];
  for (const [text, expected] of lines) assert.equal(masked(text, 'text'), expected);
  assert.equal(
    masked('api_keys: [qwerty]\nmax_api_keys: 5\nupdate_password: always\n', 'yaml'),
    'api_keys: [<name>]\nmax_api_keys: 5\nupdate_password: always\n',
  );
  assert.equal(masked('OPENSSL_KEY_V1=qwerty\nAPI_V2=qwerty\n', 'dotenv'), 'OPENSSL_KEY_V1=<name>\nAPI_V2=qwerty\n');
});

test('a password that only its place tells: after a name, in a call, in a block', () => {
  const cases: [string, ConfigFormat, string][] = [
    ['user_admin_bob = hunter2 .admin\n', 'ini', 'user_admin_bob = <inline> .admin\n'],
    [
      'allow bob:hunter2 readonly\nallow group:admins\nallow tcp:22\n',
      'text',
      'allow bob:<inline> readonly\nallow group:admins\nallow tcp:22\n',
    ],
    ['allow 2001:db8::/32;\nallow FD00:ABCD:1::1;\n', 'nginx', 'allow 2001:db8::/32;\nallow FD00:ABCD:1::1;\n'],
    ['stats auth bob:hunter2\n', 'text', 'stats auth bob:<inline>\n'],
    [
      'w = Worker("bob", "hunter2")\nd = Worker("bob", name)\n',
      'text',
      'w = Worker("bob", "<inline>")\nd = Worker("bob", name)\n',
    ],
    [
      'a = UserPasswordAuth({"bob": "hunter2", "al": "hunter3"})\n',
      'text',
      'a = UserPasswordAuth({"bob": "<inline>", "al": "<inline>"})\n',
    ],
    [
      '<Pass password>\n  Method = sha256\n  Hash = d94d2c29b6a9\n</Pass>\n',
      'ini',
      '<Pass password>\n  Method = sha256\n  Hash = <inline>\n</Pass>\n',
    ],
    ['Server = irc.example.org +6697 hunter2\n', 'ini', 'Server = irc.example.org +6697 <inline>\n'],
    [
      'config system snmp community\n  edit 1\n    set name "hunter2"\n  next\nend\nconfig system zone\n  edit 1\n    set name "lan"\n',
      'text',
      'config system snmp community\n  edit 1\n    set name "<inline>"\n  next\nend\nconfig system zone\n  edit 1\n    set name "lan"\n',
    ],
  ];
  for (const [text, format, expected] of cases) assert.equal(masked(text, format), expected);
});

test('a kind of login before a realm is no name before a password', () => {
  assert.equal(
    masked('auth basic:realm\nauth ldap:people\nauth bob:hunter2\n', 'text'),
    'auth basic:realm\nauth ldap:people\nauth <name>\n',
  );
});

test('a comment is read wherever it begins between two values', () => {
  assert.equal(
    masked('a: 1 # password: hunter2\nb: [1, 2] # x\n#token = hunter3\nc: "# 1"\n// pin: 4711\n', 'yaml'),
    'a: 1 # password: <name>\nb: [1, 2] # x\n#token = <name>\nc: "# 1"\n// pin: <name>\n',
  );
});

test('what tells of secrets in the words of real tools is none itself', () => {
  const safe: [string, ConfigFormat][] = [
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2l9v7yR5u0Yt8K5w1jv6mB0bq3N5gGg2kQk1x9zZ8m bob@laptop\n', 'text'],
    ['wpa_key_mgmt=WPA-PSK WPA-PSK-SHA256\n', 'ini'],
    ["AUTH_PASSWORD_VALIDATORS = [{'NAME': 'django.auth.MinimumLengthValidator'}]\n", 'text'],
    ['{"paths": {"@token": ["src/token.ts"], "secret": "config/secret.prod.yaml"}}\n', 'json'],
    ['read -s -p "Password: " PW\nread -p \'Token:\' token\n', 'text'],
  ];
  for (const [text, format] of safe) assert.equal(masked(text, format), text);
  assert.equal(
    masked('{"@token": "src/t0ken", "secret": "a/b.c1"}', 'json'),
    '{"@token": "<name>", "secret": "<name>"}',
  );
  assert.equal(masked('{"a": "x Password: hunter2"}', 'json'), '{"a": "x Password: hunter2"}');
  assert.equal(masked('echo "Password: hunter2"\n', 'text'), 'echo "Password: <inline>"\n');
  assert.equal(masked('curl -H "Token:"hunter2\n', 'text'), 'curl -H "Token:"<inline>\n');
});

test('three words after the name of a password are a passphrase, whatever joins them', () => {
  assert.equal(masked('passphrase Winter is coming\n', 'text'), 'passphrase <name>\n');
  const help = 'passphrase Enter what is on the card\n';
  assert.equal(masked(help, 'text'), help);
});

test('tokens that are listed by what they open are secrets, and numbers of tokens are none', () => {
  assert.equal(
    masked('api_tokens:\n  github: plainword\n  max: 5\nmax_tokens: 4096\ntokens: {input: fast}\n', 'yaml'),
    'api_tokens:\n  github: <below>\n  max: 5\nmax_tokens: 4096\ntokens: {input: fast}\n',
  );
  assert.equal(
    masked('acme_dns cloudflare plainword\nacme_dns cloudflare {env.CF_TOKEN}\n', 'text'),
    'acme_dns cloudflare <inline>\nacme_dns cloudflare {env.CF_TOKEN}\n',
  );
});

test('seven digits and a letter are no quantity where tokens are listed', () => {
  assert.equal(
    masked('tokens:\n  agent: 7316482d\n  delay: 30d\n', 'yaml'),
    'tokens:\n  agent: <below>\n  delay: 30d\n',
  );
});

test('what two sets of public configurations taught', () => {
  const labelled: [ConfigFormat, string][] = [
    [
      'yaml',
      `# Credentials:
#   MySQL:
#     User:          root
#     Password:      «harvest»
#
#   Azure Blob Storage
#     Name:          devstore
#     Key:           «W+ah1aYBCtCjY0xpMOj5PUas5/ij17ILh8EVkSH4OcnonIpmxDRXXsJWaClpY/2aDOHNMECFCa3TjaUEBMAe3A==»
#
#   CockroachDB
#     User:          admin
#     Password:      --
services:
  cache:
    environment:
      REDIS_TLS_KEY: \${REDIS_TLS_KEY:-/certs/redis.key}
      CONNECTION_STRING: postgresql://\${DB_USER}:\${DB_PASSWORD}@\${DB_HOST}:\${DB_PORT}/\${DB_NAME}
`,
    ],
    [
      'text',
      `<Context>
  <Resource name="jdbc/shop" username="@shop.datasource.username@" password="@shop.datasource.password@" />
  <Resource name="jdbc/other" username="shop" password="«p@ple.pie@»" />
</Context>
`,
    ],
    [
      'text',
      `<?php
define('INVALID_CREDENTIALS', 'credentials');
define('PASSWORD_RESET_SUCCESS', 'success');
define('RESET_PASSWORD', '«umbrella»');
`,
    ],
    [
      'text',
      `<configuration>
  <connectionStrings>
    <add name="Local" connectionString="integrated security=true;data source=(local);initial catalog=Shop" />
    <add name="Remote" connectionString="«server=db;password=marigold»" />
  </connectionStrings>
</configuration>
`,
    ],
    [
      'yaml',
      `esphome:
  name: thermostat
  on_boot:
    - lambda: |-
        id(my_ota).set_auth_password("«Blue lantern»");
ota:
  - platform: esphome
    password: !secret ota_password
`,
    ],
    [
      'text',
      `#!/bin/bash
SSID="greenhouse"
PSWD="«tomatoes»"
wpa_passphrase "$SSID" "$PSWD" >> /etc/wpa_supplicant.conf
export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id shop/db_password \\
  --query SecretString --output text)
curl --password --output /dev/null https://example.org
`,
    ],
  ];
  for (const [format, text] of labelled) {
    const marks = masked(text.replace(/[«»]/g, ''), format).replace(/<(?:name|below|inline|url|token)>/g, '«»');
    assert.equal(marks, text.replace(/«[^»]*»/g, '«»'));
  }
});
