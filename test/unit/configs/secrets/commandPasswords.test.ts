import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCommandPasswords, passwordsOfCommands } from '../../../../src/configs/secrets/commandPasswords.ts';

/** The passwords that are found, in the order of the text. */
function found(text: string): string[] {
  return findCommandPasswords(text)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => text.slice(start, end));
}

test('a password that belongs to no name is found by its program', () => {
  const lines: [string, string[]][] = [
    ['mysqldump -u root -phunter2 shop', ['hunter2']],
    ["/usr/bin/mysql -uroot -p'hunter 2' shop", ["'hunter 2'"]],
    ['mysql -p shop', []],
    ['redis-cli -h cache -a hunter2 BGSAVE', ['hunter2']],
    ['7z a -phunter2 x.7z /srv', ['hunter2']],
    ['zip -P hunter2 x.zip y', ['hunter2']],
    ['ldapsearch -x -D cn=admin -w hunter2 -b dc=org', ['hunter2']],
    ['sshpass -p "hunter 2" ssh nas', ['hunter 2']],
    ['docker login -u bob -p hunter2 registry.example.org', ['hunter2']],
    ['docker run -p 80:80 nginx', []],
    ['mongodump -u bob -p hunter2 \\\n  --out /tmp', ['hunter2']],
    ['mongodump \\\n  -p hunter2', ['hunter2']],
    ['curl -u bob:hunter2 https://example.org', ['hunter2']],
    ["smbclient //nas/x -U 'bob%hunter2'", ['hunter2']],
    ['lftp -u bob,hunter2 ftp.example.org', ['hunter2']],
    ['echo hunter2 | sudo -S reboot', ['hunter2']],
    ["echo 'bob:hunter2' | chpasswd", ['bob:hunter2']],
    ['echo "hunter2" | docker login -u bob --password-stdin', ['hunter2']],
    ['net use Z: \\\\nas\\x /user:bob hunter2', ['hunter2']],
    ['ConvertTo-SecureString "hunter2" -AsPlainText', ['hunter2']],
    ['& "C:\\Program Files\\7-Zip\\7z.exe" a -phunter2 x.7z', ['hunter2']],
    ['check_mysql -H db -u bob -p hunter2', ['hunter2']],
    ['check_snmp!-C hunter2!-o 1.3', ['hunter2']],
    ['echo hunter2 | restic -r /srv snapshots', ['hunter2']],
    ['echo hunter2 | grep x', []],
    ['redis-cli ping; ls -a x', []],
  ];
  for (const [line, passwords] of lines) assert.deepEqual(found(line), passwords, line);
});

test('the words of an argument list are read as those of a line', () => {
  const words = ['/usr/bin/redis-cli', '-h', 'cache', '-a', 'hunter2'].map((text, index) => ({
    text,
    start: index,
    end: index + 1,
  }));
  assert.deepEqual(passwordsOfCommands(words), [{ start: 4, end: 5 }]);
  assert.deepEqual(passwordsOfCommands(words.slice(1)), []);
});
