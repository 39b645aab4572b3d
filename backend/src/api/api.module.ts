import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import { AccountsModule } from '../accounts/accounts.module.js';
import { BillingModule } from '../billing/billing.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { PlansModule } from '../plans/plans.module.js';
import { AccessGuard } from './access.guard.js';
import { Admission } from './admission.js';
import { AttachmentController } from './attachment.controller.js';
import { BillingController } from './billing.controller.js';
import { DocumentRules } from './documents/document-rules.js';
import { ExportController } from './export.controller.js';
import { GraphqlSseController } from './graphql-sse.controller.js';
import { HttpErrorsFilter } from './http-errors.filter.js';
import { JSON_STATUS } from './json-status.js';
import { OpenIdController } from './open-id.controller.js';
import { toPublicError, withoutSuggestions } from './public-errors.js';
import { RequestContextFactory } from './request-context.js';
import { RequestViewers } from './request-viewers.js';
import { RETRY_AFTER } from './retry-after.js';
import { ORPHANED_TYPES, RESOLVERS } from './resolvers.js';
import { StaticFiles } from './static-files.js';

@Module({
  imports: [AccountsModule, ChatModule, PlansModule],
  providers: [DocumentRules, RequestContextFactory, RequestViewers],
  exports: [DocumentRules, RequestContextFactory, RequestViewers],
})
class RequestModule {}

/** Everything that answers clients: GraphQL over HTTP and SSE, the playground, the Angular app. */
@Module({
  imports: [
    AccountsModule,
    BillingModule,
    ChatModule,
    LimitsModule,
    PlansModule,
    RequestModule,
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      imports: [RequestModule],
      inject: [RequestContextFactory, DocumentRules],
      useFactory: (contexts: RequestContextFactory, rules: DocumentRules) => ({
        autoSchemaFile: true,
        buildSchemaOptions: { orphanedTypes: ORPHANED_TYPES },
        graphiql: false,
        // Whether it is allowed is among the rules.
        introspection: true,
        parseOptions: rules.parsing,
        validationRules: [...rules.rules],
        validationOptions: rules.validation,
        executionOptions: rules.execution.options,
        persistedQueries: false,
        // request-rules.ts refuses more.
        csrfPrevention: false,
        includeStacktraceInErrorResponses: false,
        context: ({ req, res }: { req: Request; res: Response }) => contexts.create(req, res),
        formatError: rules.execution.hideSuggestions ? withoutSuggestions(toPublicError) : toPublicError,
        // Nothing is cached here (request-rules.ts says so), and it would look at every field for that.
        plugins: [ApolloServerPluginCacheControlDisabled(), JSON_STATUS, RETRY_AFTER],
        fieldResolverEnhancers: [],
      }),
    }),
  ],
  controllers: [
    AttachmentController,
    BillingController,
    ExportController,
    GraphqlSseController,
    OpenIdController,
  ],
  providers: [
    ...RESOLVERS,
    StaticFiles,
    Admission,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: HttpErrorsFilter },
  ],
})
export class ApiModule {}
