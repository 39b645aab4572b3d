/** As the server has it. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** What stands below a field for a new password. */
export const PASSWORD_HINT = `At least ${PASSWORD_MIN} characters.`;

/** What is wrong with a new password, if anything. */
export function newPasswordProblem(password: string): string | null {
  const length = Array.from(password).length;
  if (length < PASSWORD_MIN)
    return `A password has at least ${PASSWORD_MIN} characters; this one has ${length}.`;
  return length > PASSWORD_MAX ? `A password has at most ${PASSWORD_MAX} characters.` : null;
}
