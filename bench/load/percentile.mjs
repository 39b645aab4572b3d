/** The value below which `share` of the sorted `values` lie; undefined where there is none. */
export function percentile(values, share) {
  if (values.length === 0) return undefined;
  return values[Math.min(values.length - 1, Math.floor(values.length * share))];
}

/** Sorted, without those that are missing. */
export function sorted(values) {
  return Float64Array.from(values.filter((value) => value !== undefined && !Number.isNaN(value))).sort();
}
