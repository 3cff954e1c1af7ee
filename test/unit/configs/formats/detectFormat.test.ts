import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectFormat } from '../../../../src/configs/formats/detectFormat.ts';

/** Texts under a name that tells nothing. */
const cases: [what: string, text: string, format: string][] = [
  ['calls of a program', "define( 'DB_USER', 'wp' );\ndefine( 'DB_PASSWORD', 'x' );\n$prefix = 'wp_';\n", 'text'],
  ['variables of a program', "private $user = 'a';\nprivate $password = 'b';\nconst NAME = 'c';\n", 'text'],
  [
    'directives',
    'user www-data;\nhttp {\n  sendfile on;\n  if ($request_method = POST) {\n    return 405;\n  }\n}\n',
    'nginx',
  ],
  [
    'directives with equals signs',
    'upstream app {\n  server 10.0.0.1 weight=5;\n  server 10.0.0.2 backup;\n}\n',
    'nginx',
  ],
];

for (const [what, text, format] of cases)
  test(`${what} are ${format}`, () => assert.equal(detectFormat('0', text), format));

for (const name of [
  '.htpasswd',
  'shop.htpasswd',
  'users.htdigest',
  'jetty-realm.properties',
  'artemis-users.properties',
])
  test(`${name} is secret as a whole`, () => assert.equal(detectFormat(`/etc/app/${name}`, 'a: b\n'), 'opaque'));
