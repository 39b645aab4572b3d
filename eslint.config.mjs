import eslint from '@eslint/js';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What the folders of the product's own rules know nothing of. */
const TECHNOLOGY = [
  'typeorm',
  'graphql',
  'ioredis',
  'bullmq',
  'openai',
  '@anthropic-ai/sdk',
  '@nestjs/graphql',
  '@nestjs/bullmq',
  '@nestjs/typeorm',
];

/**
 * What a folder must not import. ARCHITECTURE.md states the rules; this table enforces them, tests included.
 * Folder names forbid the sibling folder, `package` names forbid the npm package and its sub-paths.
 */
const BACKEND_RULES = {
  errors: { folders: ['*'] },
  config: { folders: ['!errors'] },
  paging: { folders: ['!errors'] },
  metrics: { folders: ['!errors', '!config'] },
  health: { folders: ['!errors', '!config', '!redis', '!queue', '!metrics'] },
  redis: { folders: ['!errors', '!config'] },
  providers: {
    folders: ['!errors', '!config'],
    packages: ['typeorm', 'ioredis', 'bullmq', '@nestjs/graphql', '@nestjs/bullmq'],
  },
  streaming: {
    folders: ['!errors', '!config', '!redis'],
    packages: ['typeorm', 'bullmq', '@nestjs/graphql'],
  },
  queue: { folders: ['!errors', '!config', '!redis'], packages: ['typeorm', '@nestjs/graphql'] },
  bell: { folders: ['!errors', '!config', '!redis'], packages: ['typeorm', 'bullmq', '@nestjs/graphql'] },
  cache: { folders: ['!errors', '!config', '!redis'], packages: ['typeorm', 'bullmq', '@nestjs/graphql'] },
  limits: {
    folders: ['!errors', '!config', '!redis'],
    packages: ['typeorm', 'bullmq', 'express', '@nestjs/graphql'],
  },
  chat: {
    folders: ['redis', 'postgres', 'api', 'worker', 'billing'],
    packages: TECHNOLOGY,
  },
  accounts: {
    folders: ['redis', 'postgres', 'api', 'worker', 'chat', 'plans', 'billing'],
    packages: TECHNOLOGY,
  },
  plans: {
    folders: ['redis', 'postgres', 'api', 'worker', 'chat', 'billing'],
    packages: TECHNOLOGY,
  },
  billing: {
    folders: ['redis', 'postgres', 'api', 'worker', 'chat'],
    packages: TECHNOLOGY,
  },
  postgres: {
    folders: ['api', 'worker', 'redis', 'streaming', 'queue', 'bell', 'cache', 'limits'],
    packages: ['graphql', 'ioredis', 'bullmq'],
  },
  api: {
    folders: ['redis', 'postgres', 'worker'],
    packages: ['typeorm', 'ioredis', 'bullmq', 'openai', '@anthropic-ai/sdk', 'pg'],
  },
  worker: {
    folders: ['api', 'redis', 'postgres'],
    packages: ['typeorm', 'ioredis', 'graphql', 'openai', '@anthropic-ai/sdk'],
  },
};
const FOLDERS = Object.keys(BACKEND_RULES);
/** Adapters are chosen by their folder's module; nobody else names them. */
const ADAPTER_FILES = '(in-memory|redis|bullmq|openai|anthropic|demo|stripe)[a-z-]*(\\.adapter)?\\.js$';

/** Attributes whose values no person reads. */
const NOT_READ = [
  'accept',
  'aria-controls',
  'aria-describedby',
  'aria-haspopup',
  'aria-labelledby',
  'aria-live',
  'ariaCurrentWhenActive',
  'autocapitalize',
  'cdkConnectedOverlayBackdropClass',
  'cdkDropListLockAxis',
  'closedby',
  'd',
  'decoding',
  'enterkeyhint',
  'loading',
  'rel',
  'xPosition',
  'yPosition',
];

function forbiddenFolders(own, folders) {
  if (folders[0] === '*') return FOLDERS.filter((folder) => folder !== own);
  if (!folders[0].startsWith('!')) return folders;
  const allowed = folders.map((folder) => folder.slice(1));
  return FOLDERS.filter((folder) => folder !== own && !allowed.includes(folder));
}

const folderRules = Object.entries(BACKEND_RULES).map(([own, { folders, packages = [] }]) => ({
  files: [`backend/src/${own}/**/*.ts`],
  // A folder's module wires adapters of its own; a spec may build what it tests with.
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `(^|/)(\\.\\./)+(${forbiddenFolders(own, folders).join('|') || 'none'})/`,
            message: `${own}/ must not import this folder (see ARCHITECTURE.md).`,
          },
          ...(packages.length > 0
            ? [
                {
                  regex: `^(${packages.join('|')})(/|$)`,
                  message: `${own}/ must not use this package (see ARCHITECTURE.md).`,
                },
              ]
            : []),
          ...(['chat', 'accounts', 'plans', 'billing', 'api', 'worker'].includes(own)
            ? [
                {
                  regex: `^\\.\\./(billing|streaming|queue|bell|cache|limits|providers)/${ADAPTER_FILES}`,
                  message: 'Ask for the port; the module chooses the adapter.',
                },
              ]
            : []),
        ],
      },
    ],
  },
}));

/** Imports of values that a layer must not make. */
function oneWay(regex, message) {
  return {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [{ regex, message, allowTypeImports: true }] },
    ],
  };
}

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '.angular/**',
      '**/generated/**',
      'test-results/**',
      '.data/**',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.tsx', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    // Nest reads constructor types at run time, so injected classes stay value imports there.
    files: ['backend/**/*.ts'],
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'The environment is read in config/ only.',
        },
      ],
    },
  },
  {
    files: [
      'backend/src/config/**/*.ts',
      'backend/src/main.ts',
      'backend/src/print-schema.ts',
      'backend/test/**/*.ts',
      '**/*.spec.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  ...folderRules,
  {
    files: ['backend/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'backend/src/billing/stripe*.ts'],
    rules: oneWay('^stripe(/|$)', "A vendor's SDK stays in its adapter's files."),
  },
  {
    files: ['backend/src/providers/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/{openai,anthropic}*.ts'],
    rules: oneWay('^(openai|@anthropic-ai/sdk)(/|$)', "A vendor's SDK stays in its adapter's files."),
  },
  {
    files: ['frontend/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': [
        'error',
        { type: 'element', prefix: 'app', style: 'kebab-case' },
      ],
      '@angular-eslint/directive-selector': [
        'error',
        { type: 'attribute', prefix: 'app', style: 'camelCase' },
      ],
    },
  },
  // Components show, stores decide, api files talk, graphql/ knows how: one way. Types may travel.
  {
    files: ['frontend/src/app/**/*.ts'],
    ignores: [
      'frontend/src/app/graphql/**',
      'frontend/src/app/**/*-api.ts',
      'frontend/src/app/app.config.ts',
      '**/*.spec.ts',
    ],
    rules: oneWay(
      '^(apollo-angular|@apollo/client|graphql-sse|graphql)(/|$)',
      'Only api files and graphql/ talk to the server.',
    ),
  },
  {
    files: ['frontend/src/app/**/*.ts'],
    ignores: [
      'frontend/src/app/graphql/**',
      'frontend/src/app/**/*-{api,store,follower}.ts',
      '**/testing/**',
      'frontend/src/app/app.config.ts',
      '**/*.spec.ts',
    ],
    rules: oneWay(
      '-api$|^(apollo-angular|@apollo/client|graphql-sse|graphql)(/|$)',
      'Only stores ask api files.',
    ),
  },
  {
    files: ['frontend/src/app/**/*-api.ts'],
    rules: oneWay('-store$', 'An api file knows no store.'),
  },
  {
    files: ['frontend/src/app/graphql/**/*.ts'],
    // The two that wait for the browser know nothing either.
    rules: oneWay('^\\.\\./(?!browser/(next-task|quiet-moment)$)', 'graphql/ knows no feature.'),
  },
  {
    files: ['frontend/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['frontend/src/app/**/*.html'],
    rules: {
      // What people read is marked, so that it can be said in another language.
      '@angular-eslint/template/i18n': [
        'error',
        { checkId: false, boundTextAllowedPattern: '(?!)', ignoreAttributes: NOT_READ },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
      },
    },
  },
  prettier,
);
