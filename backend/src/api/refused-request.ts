import { HttpException, HttpStatus } from '@nestjs/common';

/** A request that GraphQL is not shown. The message is public; the code is VALIDATION_FAILED. */
export class RefusedRequest extends HttpException {
  constructor(message: string, status = HttpStatus.BAD_REQUEST) {
    super(message, status);
  }
}
