import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

/** Files that the compiler or ESLint reads in plain JavaScript. */
const plain = ['*.mjs', '*.js', 'test/workbench/*.mjs'];

/** A folder's forbidden imports, each with the reason a person sees. */
const forbid = (files, ...patterns) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: patterns.map(([what, message, options]) => ({
          ...(what instanceof RegExp ? { regex: what.source } : { group: what }),
          message,
          ...options,
        })),
      },
    ],
  },
});

const vscode = [['vscode'], 'Only src/vscode and src/extension.ts know VS Code; everything else must run headless.'];
const node = [
  new RegExp(`^(node:.*|(${builtinModules.join('|')})(/.*)?)$`), // Node's own modules go by two names
  'This folder is data in, result out: files, processes and clocks belong to src/files, src/worker and src/cli.',
];
const configs = [['**/configs/**'], 'The two wings know nothing of each other.'];
const backups = [['**/backups/**'], 'The two wings know nothing of each other.'];
const shell = [
  ['**/vscode/**', '**/cli/**', '**/worker/**', '**/exports/**', '**/webview-ui/**'],
  'A wing never reaches for the shell around it.',
];
const files = [['**/files/**'], 'A wing takes text and gives records; reading files belongs to src/files.'];
const webview = [['**/webview-ui/**'], 'The report page is a bundle of its own; only its built file is known here.'];
const workerCode = [['**/worker/**'], 'The extension host never bundles the analysis; it starts the built worker.'];
const wingCode = [
  ['**/backups/**', '**/exports/**'], // what the exports make, they make of the wing's code
  'No parsing or modelling in the extension host: import types only, and ask the worker for the work.',
  { allowTypeImports: true },
];

const pageOnly = [
  ['**/src/vscode/**', '**/src/worker/**', '**/src/cli/**', '**/src/files/**'],
  'The page knows only messages (src/protocol), types of the wings, and the wording.',
];

/** What a pure wing may not call: the caller passes the time in, and a seed where chance is needed. */
const pure = {
  rules: {
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'A wing has no clock: take the time as an argument.' },
      {
        object: 'Math',
        property: 'random',
        message: 'A wing has no chance in it: the same input gives the same result.',
      },
    ],
    'no-restricted-syntax': [
      'error',
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'A wing has no clock: take the time as an argument.',
      },
      {
        selector: 'ImportExpression',
        message: 'A wing imports at the top of the file, where the import rules can see it.',
      },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'artifacts/**', 'sample-workspace/**', 'test/fixtures/**', 'node_modules/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: plain }, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off', // typed arrays under noUncheckedIndexedAccess would drown in checks that cannot fail
      '@typescript-eslint/triple-slash-reference': ['error', { path: 'always' }], // a file brings the types of its untyped package along, into every target
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
    },
  },
  { files: ['**/*.d.ts'], rules: { 'no-restricted-exports': 'off' } }, // they tell of packages that others wrote
  { files: plain, ...tseslint.configs.disableTypeChecked },
  { files: plain, rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-exports': 'off' } },
  { files: ['test/**', 'bench/**'], rules: { '@typescript-eslint/no-floating-promises': 'off' } }, // node:test's test() returns a promise that the runner awaits
  {
    files: [
      'src/backups/**',
      'src/wording/**',
      'src/configs/formats/**',
      'src/configs/secrets/**',
      'src/configs/diff.ts',
      'src/configs/compareLines.ts',
      'src/configs/environmentText.ts',
    ],
    ...pure,
  },
  forbid(['src/backups/**'], vscode, node, configs, shell, files),
  forbid(['src/wording/**'], vscode, node, configs, backups, shell, files),
  forbid(['src/configs/vault/**', 'src/configs/*.ts'], vscode, backups, shell), // diff.ts gets the stricter rule below
  forbid(
    [
      'src/configs/formats/**',
      'src/configs/secrets/**',
      'src/configs/diff.ts',
      'src/configs/compareLines.ts',
      'src/configs/environmentText.ts',
    ],
    vscode,
    node,
    backups,
    shell,
    files,
  ),
  forbid(['src/protocol/**'], vscode, node, shell, files),
  forbid(['src/files/**', 'src/worker/**', 'src/cli/**', 'src/exports/**'], vscode, webview),
  forbid(['src/vscode/**', 'src/extension.ts', 'src/contributions.ts'], webview, workerCode, wingCode),
  forbid(['webview-ui/**'], vscode, node, wingCode, pageOnly),
);
