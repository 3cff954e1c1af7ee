import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canDefine, readDefinitions } from '../../../../../src/vscode/findings/definitions/readDefinitions.ts';

/** Each definition as its line, from 1, and its name. */
const found = (path: string, text: string): [number, string | null][] =>
  readDefinitions(path, text).map(({ line, name }) => [line + 1, name]);

test('crontab: every timed command, and neither comments nor variables', () => {
  const text = `MAILTO=ops@example.net
# 0 1 * * * restic backup /old
0 2 * * * root restic backup /etc >> /var/log/etc.log 2>&1
@daily borgmatic
*/15 8-18 * * mon-fri rsync -a /a /b
`;
  assert.deepEqual(found('/srv/cron.d/backup', text), [
    [3, null],
    [4, null],
    [5, null],
  ]);
});

test('systemd: a timer at its time, a service at its command, named by the unit', () => {
  assert.deepEqual(found('/x/restic-web.timer', '[Unit]\nDescription=x\n[Timer]\nOnCalendar=daily\n'), [
    [4, 'restic-web'],
  ]);
  assert.deepEqual(found('/x/nightly.timer', '[Timer]\nUnit=restic-web.service\nOnUnitActiveSec=1d\n'), [
    [3, 'restic-web'],
  ]);
  assert.deepEqual(found('/x/restic-web.service', '[Service]\nType=oneshot\nExecStart=restic backup /\n'), [
    [3, 'restic-web'],
  ]);
  assert.deepEqual(found('/x/web.service', '[Unit]\nDescription=nothing in it\n'), []);
});

test('borgmatic: each repository, of both ways to write them', () => {
  const text = `source_directories:
    - /home
repositories:
    - path: ssh://u@host/./a
      label: offsite
    - path: /mnt/b
keep_daily: 7
`;
  assert.deepEqual(found('/etc/borgmatic/config.yaml', text), [
    [4, 'offsite'],
    [6, null],
  ]);
  assert.deepEqual(found('borgmatic.yml', 'location:\n  repositories:\n  - /mnt/a\n  - /mnt/b\nhooks: {}\n'), [
    [3, null],
    [4, null],
  ]);
});

test('resticprofile: profiles of YAML and TOML, of both versions', () => {
  const first =
    'global:\n  priority: low\ndefault:\n  repository: /a\n  backup:\n    source: /home\nweb:\n  inherit: default\n';
  assert.deepEqual(found('profiles.yaml', first), [
    [3, 'default'],
    [7, 'web'],
  ]);
  const second = 'version: "2"\nprofiles:\n  web:\n    repository: /a\n  db:\n    repository: /b\ngroups:\n  all: {}\n';
  assert.deepEqual(found('profiles.yaml', second), [
    [3, 'web'],
    [5, 'db'],
  ]);
  const toml =
    '[global]\nx = 1\n[web]\nrepository = "/a"\n[web.backup]\nsource = "/srv"\n[profiles.db]\nrepository = "/b"\n';
  assert.deepEqual(found('profiles.toml', toml), [
    [3, 'web'],
    [7, 'db'],
  ]);
});

test('GitHub Actions: the jobs of a workflow', () => {
  const text =
    'name: Nightly\non:\n  schedule:\n    - cron: "0 2 * * *"\njobs:\n  backup-web:\n    runs-on: x\n    steps:\n    - run: restic backup /srv\n  report:\n    needs: backup-web\n';
  assert.deepEqual(found('/r/.github/workflows/nightly.yml', text), [
    [6, 'backup-web'],
    [10, 'report'],
  ]);
  assert.match(readDefinitions('/r/.github/workflows/n.yml', text)[0]!.text, /restic backup/);
});

test('GitLab: the jobs of a pipeline, without its keywords and hidden jobs', () => {
  const text =
    'stages: [backup]\nvariables:\n  A: b\n.shared:\n  image: x\nbackup:web:\n  script:\n  - restic backup /srv\n';
  assert.deepEqual(found('/r/.gitlab-ci.yml', text), [[6, 'backup:web']]);
});

test('Airflow: DAGs by their ids, however they are made', () => {
  const text = `from airflow import DAG
with DAG(
    dag_id="etl_warehouse",
    schedule="@daily",
):
    pass
other = DAG("dumps")

@dag(schedule="@daily")
def photos():
    pass
`;
  assert.deepEqual(found('/r/dags/etl.py', text), [
    [2, 'etl_warehouse'],
    [7, 'dumps'],
    [9, 'photos'],
  ]);
  assert.deepEqual(found('/r/dags/other.py', 'print("no workflow in it")'), []);
});

test('other files define nothing, and what is large is not looked at', () => {
  for (const path of ['/a/readme.md', '/a/config.yaml', '/a/main.py', '/a/service.ts'])
    assert.equal(canDefine(path), false, path);
  assert.deepEqual(found('/cron.d/a', '0 2 * * * restic backup /\n'.repeat(10_000)), []);
});

test('Windows paths and line ends', () => {
  assert.deepEqual(found('C:\\x\\cron.d\\backup', '# x\r\n0 2 * * * restic backup /\r\n'), [[2, null]]);
});
