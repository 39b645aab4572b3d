import { InMemorySingleFlight } from './in-memory-single-flight.js';
import { describeSingleFlight } from './single-flight.contract.js';
import { LEAD_SECONDS } from './single-flight.js';

describeSingleFlight(InMemorySingleFlight.name, () => {
  let now = 0;
  return Promise.resolve({
    flight: new InMemorySingleFlight(() => now),
    outlive: () => {
      now += LEAD_SECONDS * 1000;
    },
    close: () => undefined,
  });
});
