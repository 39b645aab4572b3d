import { Controller, Get, Logger, NotFoundException, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Visitor } from '../accounts/doorkeeper.service.js';
import { Identities } from '../accounts/identities.service.js';
import { SignInFailure, type SignInProblem } from '../accounts/identity.js';
import { OpenIdConnect } from '../accounts/open-id-connect.js';
import { AppConfig } from '../config/app-config.js';
import { credentialOf } from './credential.js';
import { setFlowCookie, takeFlowCookie } from './open-id-flow-cookie.js';
import { RequestViewers } from './request-viewers.js';
import { setSignInCookie } from './sign-in-cookie.js';

/** The way to the OpenID provider and back. It ends on a page in any case. */
@Controller('auth/oidc')
export class OpenIdController {
  private readonly logger = new Logger(OpenIdController.name);

  constructor(
    private readonly openId: OpenIdConnect,
    private readonly identities: Identities,
    private readonly viewers: RequestViewers,
    private readonly config: AppConfig,
  ) {}

  @Get()
  async begin(@Req() req: Request, @Res() res: Response): Promise<void> {
    await this.answer(res, async () => {
      if (!isOwn(req)) return '/sign-in';
      const { url, flow } = await this.openId.begin();
      setFlowCookie(req, res, flow);
      return url.href;
    });
  }

  @Get('callback')
  async callback(@Req() req: Request, @Res() res: Response): Promise<void> {
    await this.answer(res, async () => {
      const flow = takeFlowCookie(req, res);
      if (!flow) throw new SignInFailure('expired', 'the browser did not bring back what it was given');
      const identity = await this.openId.finish(queryOf(req), flow);
      const { secret } = await this.identities.enter(identity, await this.visitor(req));
      setSignInCookie(req, res, secret);
      return '/';
    });
  }

  private async answer(res: Response, next: () => Promise<string>): Promise<void> {
    if (!this.config.openIdConnect) throw new NotFoundException();
    // Addresses that are good once are nothing to keep.
    res.setHeader('cache-control', 'no-store');
    res.redirect(303, await next().catch((error: unknown) => `/sign-in?problem=${this.problemOf(error)}`));
  }

  /** A browser alone: what an API token shows must not come by an identity of its own. */
  private async visitor(req: Request): Promise<Visitor> {
    const credential = credentialOf(req);
    if (credential?.type !== 'sign-in') return { credential: undefined, viewer: undefined, address: req.ip };
    return { credential, viewer: await this.viewers.of(req), address: req.ip };
  }

  private problemOf(error: unknown): SignInProblem {
    if (!(error instanceof SignInFailure)) {
      this.logger.error('a sign-in by OpenID Connect broke', error);
      return 'failed';
    }
    const { problem, message, cause } = error;
    if (problem !== 'cancelled') this.logger.warn(`${problem}: ${message}${reasonOf(cause)}`);
    return problem;
  }
}

/**
 * Whether our page or the user themselves sent the browser here. Others could link an account to an identity of theirs:
 * they sign the browser in to the provider first. Browsers that do not say, do not where there is no TLS.
 */
function isOwn({ headers }: Request): boolean {
  return ['same-origin', 'none', undefined].includes(headers['sec-fetch-site']);
}

function queryOf({ originalUrl }: Request): URLSearchParams {
  return new URL(originalUrl, 'http://localhost').searchParams;
}

/** Of a cause its message alone: the rest may hold what the provider sent. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? `: ${cause.message}` : '';
}
