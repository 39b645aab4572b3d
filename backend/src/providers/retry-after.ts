/**
 * Milliseconds that a vendor asks us to wait: `retry-after-ms`, or Retry-After in seconds or as a date
 * (RFC 9110, section 10.2.3). A date is read against the response's own `date`, so that a wrong clock on either
 * side does no harm. Undefined when nothing readable is said.
 */
export function retryAfterMs(headers: Headers | undefined): number | undefined {
  const milliseconds = amount(headers?.get('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const retryAfter = headers?.get('retry-after');
  const seconds = amount(retryAfter);
  if (seconds !== undefined) return seconds * 1000;
  const wait = Date.parse(retryAfter ?? '') - Date.parse(headers?.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

function amount(text: string | null | undefined): number | undefined {
  return text && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
