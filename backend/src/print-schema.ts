import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { ORPHANED_TYPES, RESOLVERS } from './api/resolvers.js';

const FILE = join(import.meta.dirname, '..', '..', 'schema.graphql');
const HEADER =
  '# Printed from the code by `npm run schema`. Change the types in backend/src/api, not this file.\n\n';

const app = await NestFactory.create(GraphQLSchemaBuilderModule, { logger: ['error'] });
await app.init();
const schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS, { orphanedTypes: ORPHANED_TYPES });
const printed = `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
await app.close();

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, printed);
} else if (readFileSync(FILE, 'utf8') !== printed) {
  console.error('schema.graphql is not what the code says: run `npm run schema` and commit it.');
  process.exitCode = 1;
}
