/** As the server has it. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** What stands below a field for a new password. */
export function passwordHint(): string {
  return $localize`At least ${PASSWORD_MIN}:least: characters.`;
}

/** What is wrong with a new password, if anything. */
export function newPasswordProblem(password: string): string | null {
  const length = Array.from(password).length;
  if (length < PASSWORD_MIN)
    return $localize`A password has at least ${PASSWORD_MIN}:least: characters; this one has ${length}:length:.`;
  return length > PASSWORD_MAX ? $localize`A password has at most ${PASSWORD_MAX}:most: characters.` : null;
}
