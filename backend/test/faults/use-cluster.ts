import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { Cluster, type ClusterOptions } from './cluster.js';

/** A cluster for the stories of this `describe`: started before them, whole again before each, gone after them. */
export function useCluster(options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster(options);
  beforeAll(() => cluster.start());
  beforeEach(() => cluster.restore());
  afterAll(() => cluster.stop());
  return cluster;
}
