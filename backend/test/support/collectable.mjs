/**
 * Loaded before a process: whoever connects to its abstract socket is told what it holds on to. It collects its garbage
 * right before it answers, and twice: V8 frees buffers aside, and the second time has counted those of the first.
 */
import { createServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

function answer(socket) {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  socket.end(String(heapUsed + external));
}

if (isMainThread) createServer(answer).listen(`\0rivulet-collector-${process.pid}`).unref();
