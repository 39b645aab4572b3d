/** Types and documents for every operation beside the code that uses it. */
export default {
  schema: 'schema.graphql',
  documents: 'frontend/src/app/**/*.graphql',
  generates: {
    'frontend/src/app/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', ID: 'string' },
      },
    },
  },
};
