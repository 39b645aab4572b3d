import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { AppError } from '../errors/app-error.js';
import type { ErrorCode } from '../errors/error-code.js';
import { tellRefusal } from '../errors/refusals.js';
import { toPublicError } from './public-errors.js';
import { RefusedRequest } from './refused-request.js';
import { retryAfter } from './retry-after.js';

/** Of what answers without GraphQL. */
const STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/**
 * Requests that never reached GraphQL (a body that is no JSON or too large, an unknown path) are answered in GraphQL's
 * form, so that a client reads one kind of error only.
 */
@Catch()
export class HttpErrorsFilter implements ExceptionFilter {
  private readonly logger = new Logger(HttpErrorsFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    // Errors of resolvers are GraphQL's business.
    if (host.getType<string>() !== 'http') throw exception;
    const status = exception instanceof HttpException ? exception.getStatus() : statusOf(exception);
    if (status >= 500 && status !== 503) this.logger.error(exception);
    const res = host.switchToHttp().getResponse<Response>();
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (isWait(exception)) {
      res.setHeader('retry-after', retryAfter(exception.retryAfterMs));
      res.status(status).json({ errors: [toPublicError({ message: exception.message }, exception)] });
      return;
    }
    const { code, message } = publicFormOf(exception, status);
    tellRefusal(code);
    res.status(status).json({ errors: [{ message, extensions: { code, retryable: status >= 500 } }] });
  }
}

/** body-parser's errors carry their status (https://github.com/expressjs/body-parser#errors). */
function statusOf(exception: unknown): number {
  if (isWait(exception)) return 429;
  if (exception instanceof AppError) return STATUS[exception.code] ?? 500;
  const status = (exception as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

/** Somebody came too often, and is told when to come back. */
function isWait(exception: unknown): exception is AppError & { readonly retryAfterMs: number } {
  return exception instanceof AppError && exception.retryAfterMs !== undefined;
}

function publicFormOf(exception: unknown, status: number): { code: ErrorCode; message: string } {
  if (exception instanceof RefusedRequest) return { code: 'VALIDATION_FAILED', message: exception.message };
  if (exception instanceof AppError && status < 500)
    return { code: exception.code, message: exception.message };
  if (status === 404) return { code: 'NOT_FOUND', message: 'There is nothing here.' };
  if (status === 413) return { code: 'VALIDATION_FAILED', message: 'The request is too large.' };
  if (status < 500) return { code: 'VALIDATION_FAILED', message: 'The request could not be read.' };
  return { code: 'INTERNAL', message: 'The server cannot answer now.' };
}
