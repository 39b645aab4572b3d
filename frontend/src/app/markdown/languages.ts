import type { LanguageFn } from 'highlight.js';

/** A language whose code can be coloured. Its grammar is loaded when code in it is first shown. */
export interface Language {
  readonly id: string;
  readonly label: string;
  /** Languages that appear inside it. */
  readonly inside?: readonly string[];
  load(): Promise<{ default: LanguageFn }>;
}

const LANGUAGES: readonly Language[] = [
  { id: 'bash', label: 'Shell', load: () => import('highlight.js/lib/languages/bash') },
  { id: 'c', label: 'C', load: () => import('highlight.js/lib/languages/c') },
  { id: 'cpp', label: 'C++', load: () => import('highlight.js/lib/languages/cpp') },
  { id: 'csharp', label: 'C#', load: () => import('highlight.js/lib/languages/csharp') },
  { id: 'css', label: 'CSS', load: () => import('highlight.js/lib/languages/css') },
  { id: 'diff', label: 'Diff', load: () => import('highlight.js/lib/languages/diff') },
  { id: 'dockerfile', label: 'Dockerfile', load: () => import('highlight.js/lib/languages/dockerfile') },
  { id: 'go', label: 'Go', load: () => import('highlight.js/lib/languages/go') },
  { id: 'graphql', label: 'GraphQL', load: () => import('highlight.js/lib/languages/graphql') },
  { id: 'ini', label: 'TOML, INI', load: () => import('highlight.js/lib/languages/ini') },
  { id: 'java', label: 'Java', load: () => import('highlight.js/lib/languages/java') },
  { id: 'javascript', label: 'JavaScript', load: () => import('highlight.js/lib/languages/javascript') },
  { id: 'json', label: 'JSON', load: () => import('highlight.js/lib/languages/json') },
  { id: 'kotlin', label: 'Kotlin', load: () => import('highlight.js/lib/languages/kotlin') },
  { id: 'lua', label: 'Lua', load: () => import('highlight.js/lib/languages/lua') },
  { id: 'markdown', label: 'Markdown', load: () => import('highlight.js/lib/languages/markdown') },
  { id: 'php', label: 'PHP', load: () => import('highlight.js/lib/languages/php') },
  { id: 'python', label: 'Python', load: () => import('highlight.js/lib/languages/python') },
  { id: 'ruby', label: 'Ruby', load: () => import('highlight.js/lib/languages/ruby') },
  { id: 'rust', label: 'Rust', load: () => import('highlight.js/lib/languages/rust') },
  { id: 'scss', label: 'SCSS', load: () => import('highlight.js/lib/languages/scss') },
  { id: 'sql', label: 'SQL', load: () => import('highlight.js/lib/languages/sql') },
  { id: 'swift', label: 'Swift', load: () => import('highlight.js/lib/languages/swift') },
  { id: 'typescript', label: 'TypeScript', load: () => import('highlight.js/lib/languages/typescript') },
  {
    id: 'xml',
    label: 'HTML, XML',
    inside: ['css', 'javascript'],
    load: () => import('highlight.js/lib/languages/xml'),
  },
  { id: 'yaml', label: 'YAML', load: () => import('highlight.js/lib/languages/yaml') },
];

/** What models write behind the fence instead of the name. */
const ALIASES: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cc: 'cpp',
  console: 'bash',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  gql: 'graphql',
  h: 'c',
  html: 'xml',
  js: 'javascript',
  jsonc: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  postgresql: 'sql',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

const BY_ID = new Map(LANGUAGES.map((language) => [language.id, language]));
const BY_ALIAS = new Map(Object.entries(ALIASES));

/** The language a reply names, if its code can be coloured. */
export function findLanguage(name: string): Language | undefined {
  const id = name.toLowerCase();
  return BY_ID.get(BY_ALIAS.get(id) ?? id);
}
