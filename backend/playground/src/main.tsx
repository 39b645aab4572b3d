import 'graphiql/style.css';
import './playground.css';
import { createRoot } from 'react-dom/client';
import { installWorkers } from './monaco-workers.js';
import { Playground } from './playground.js';

installWorkers();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<Playground />);
