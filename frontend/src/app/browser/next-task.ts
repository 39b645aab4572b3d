/** Ends the task that is under way: the browser paints and answers before what comes next. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
