/** Loaded before a process: its clock is CLOCK_SHIFT_MS ahead of the machine's (behind it where that is negative). */
const shift = Number(process.env.CLOCK_SHIFT_MS);
const TrueDate = Date;

globalThis.Date = class Date extends TrueDate {
  constructor(...time) {
    super(...(time.length > 0 ? time : [TrueDate.now() + shift]));
  }

  static now() {
    return TrueDate.now() + shift;
  }
};
