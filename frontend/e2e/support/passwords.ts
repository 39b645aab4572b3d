/** Everybody's, in the stories. */
export const PASSWORD = 'correct horse battery';
