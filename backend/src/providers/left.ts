/** Why a call ends that nobody waits for any more. Made once: the reason that `abort()` makes by itself has a stack. */
export const LEFT = new Error('nobody waits for this call any more');
