/** Where the development server of the page finds the API. */
const target = `http://127.0.0.1:${process.env.API_PORT ?? 3000}`;

export default Object.fromEntries(
  ['/attachments', '/export', '/graphql', '/playground', '/health'].map((path) => [path, { target }]),
);
