import { describeCancellations } from './cancellations.contract.js';
import { InMemoryCancellations } from './in-memory-cancellations.js';

describeCancellations(InMemoryCancellations.name, () => {
  const cancellations = new InMemoryCancellations();
  return [cancellations, cancellations];
});
