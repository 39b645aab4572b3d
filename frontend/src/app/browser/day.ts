/** A day as people write it: "1 December 2026". */
export function day(instant: string): string {
  return new Date(instant).toLocaleDateString([], { day: 'numeric', month: 'long', year: 'numeric' });
}
