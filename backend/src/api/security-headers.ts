import { createHash, randomBytes } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Browser features that no page here needs, nor anything that it might show. */
const PERMISSIONS = [
  ...['accelerometer', 'browsing-topics', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid'],
  ...['magnetometer', 'microphone', 'midi', 'payment', 'publickey-credentials-get', 'serial', 'usb'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const A_YEAR = 31_536_000;

/** What every answer has. Helmet has a function for each, and none of these asks who the answer is for. */
const COMMON = headersOf(
  helmet({
    // For what is no page: an answer of the API, should a browser ever show it as one.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Below, where it is known whether the browser came by TLS.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  }),
).set('permissions-policy', PERMISSIONS);
const onlyByTls = helmet.strictTransportSecurity({ maxAge: A_YEAR, includeSubDomains: false });

/** What every answer tells the browser, whoever gives it. */
export function securityHeaders(req: Request, res: Response, next: NextFunction): void {
  res.setHeaders(COMMON);
  // Without TLS it would mean nothing, and a development server on the same host would be out of reach. This server has none:
  // a proxy's word is what there is, and Express looks long for whether to believe it.
  if (req.headers['x-forwarded-proto'] !== undefined && req.secure) onlyByTls(req, res, next);
  else next();
}

function headersOf(middleware: ReturnType<typeof helmet>): Map<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, (error) => {
    if (error instanceof Error) throw error;
  });
  return new Map(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

/** What may be in a page here at the most: only what this server has. */
const PAGE = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/**
 * For the Angular app. Angular puts its components' styles into the page as it needs them, so they show a nonce; of inline
 * scripts it allows those that the page was built with, and a text becomes markup only through those who say that they make
 * sure of it (Trusted Types). No image comes from anywhere else, whatever a model writes.
 */
export function appPolicy(page: string): RequestHandler {
  const scripts = Array.from(page.matchAll(/<script>([^]*?)<\/script>/g), ([, script = '']) => script);
  return policy({
    ...PAGE,
    scriptSrc: ["'self'", ...scripts.map((script) => `'sha256-${sha256(script)}'`)],
    styleSrc: ["'self'", (_req, res) => `'nonce-${styleNonce(res)}'`],
    // Diagrams are pictures that were drawn on this device; as such they run and load nothing.
    imgSrc: ["'self'", 'data:'],
    frameSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: ['angular', 'angular#components', 'dompurify', 'service-worker'],
  });
}

/** For the page's service worker, which asks only this server. What it hands on comes with its own policy. */
export const serviceWorkerPolicy = policy({
  defaultSrc: ["'none'"],
  connectSrc: ["'self'"],
  frameAncestors: ["'none'"],
});

/**
 * For the frame in which diagrams are drawn, and for nothing else. It has no origin, whoever opens it, and asks nobody for
 * anything. The page itself allows only the script that it was built with; Mermaid sets styles as it goes.
 */
export const diagramsPolicy: RequestHandler[] = [
  policy({
    defaultSrc: ["'none'"],
    scriptSrc: ["'unsafe-inline'"],
    styleSrc: ["'unsafe-inline'"],
    imgSrc: ['data:'],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'self'"],
    sandbox: ['allow-scripts'],
  }),
  helmet.xFrameOptions({ action: 'sameorigin' }),
  (_req, res, next) => {
    // It would ask for an origin's own process where there is no origin, which browsers complain about.
    res.removeHeader('origin-agent-cluster');
    next();
  },
];

/** For the playground: its editor sets styles as it goes, has fonts in its style sheet, and checks in workers. */
export const playgroundPolicy = policy({
  ...PAGE,
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  imgSrc: ["'self'", 'data:'],
  workerSrc: ["'self'"],
});

type Directives = Readonly<
  Record<string, readonly (string | ((req: IncomingMessage, res: ServerResponse) => string))[]>
>;

function policy(directives: Directives): RequestHandler {
  return helmet.contentSecurityPolicy({ useDefaults: false, directives });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

const nonces = new WeakMap<ServerResponse, string>();

/** What the styles of this one answer show. */
export function styleNonce(res: ServerResponse): string {
  const known = nonces.get(res);
  if (known !== undefined) return known;
  const nonce = randomBytes(16).toString('base64url');
  nonces.set(res, nonce);
  return nonce;
}
