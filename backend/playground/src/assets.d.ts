/** Names of the built editor workers by label; the build script puts them in. */
declare const WORKER_FILES: { readonly json: string; readonly graphql: string; readonly editor: string };

declare module '*.css';

declare module '*.graphql' {
  const text: string;
  // eslint-disable-next-line import-x/no-default-export -- the bundler offers a file's text this way only
  export default text;
}
