import { describeAccountBell } from './account-bell.contract.js';
import { InMemoryAccountBell } from './in-memory-account-bell.js';

describeAccountBell(InMemoryAccountBell.name, (ears) => {
  const bell = new InMemoryAccountBell();
  for (const ear of ears) bell.listen(ear);
  return Promise.resolve([bell, bell]);
});
