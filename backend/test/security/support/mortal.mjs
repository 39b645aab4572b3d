/** Loaded before a process: SIGUSR2 kills it by an error that carries more than it says. */
process.on('SIGUSR2', () => {
  throw Object.assign(new Error('nobody expected this'), { parameters: [process.env.CARRIED_BY_THE_ERROR] });
});
