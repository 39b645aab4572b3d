import { TestBed } from '@angular/core/testing';
import { ViewerStore } from '../account/viewer-store';
import { BrowserStorage } from '../browser/browser-storage';
import { FakeStorage } from '../browser/testing/fake-storage';
import { Failure } from '../graphql/failure';
import { ModelsApi, type Model } from './models-api';
import { ModelsStore } from './models-store';
import { aModel, aModelWithoutKey } from './testing/models';

describe(ModelsStore.name, () => {
  let models: Model[];
  /** What pinning answers, where the story says. */
  let pinned: Model[] | undefined;
  let storage: FakeStorage;
  let steps: string[];
  let refusal: Failure | null;

  const store = () => TestBed.inject(ModelsStore);

  beforeEach(() => {
    models = [aModelWithoutKey('openai/gpt'), aModel('demo/a'), aModel('demo/b')];
    pinned = undefined;
    storage = new FakeStorage();
    steps = [];
    refusal = null;
    const list = () => (refusal ? Promise.reject(refusal) : Promise.resolve(models));
    const pin = (id: string) => {
      steps.push(`pin ${id}`);
      return Promise.resolve(pinned ?? [aModel(id, { pinned: true })]);
    };
    const ensure = () => Promise.resolve(void steps.push('somebody'));
    TestBed.configureTestingModule({
      providers: [
        { provide: ModelsApi, useValue: { list, pin } },
        { provide: BrowserStorage, useValue: storage },
        { provide: ViewerStore, useValue: { ensure } },
      ],
    });
  });

  it('begins with the first model that can be used', async () => {
    await store().load();
    expect(store().preferred()?.id).toBe('demo/a');
  });

  it('remembers the model that was chosen', async () => {
    storage.write('model', 'demo/b');
    await store().load();
    expect(store().preferred()?.id).toBe('demo/b');
    store().remember('demo/a');
    expect(storage.read('model')).toBe('demo/a');
    expect(store().preferred()?.id).toBe('demo/a');
  });

  it('forgets a choice that can no longer be used', async () => {
    storage.write('model', 'openai/gpt');
    await store().load();
    expect(store().preferred()?.id).toBe('demo/a');
  });

  it('makes sure that there is somebody to pin for', async () => {
    await store().pin('demo/b');
    expect(steps).toEqual(['somebody', 'pin demo/b']);
    expect(store().models()).toMatchObject([{ id: 'demo/b', pinned: true }]);
  });

  it('chooses no other model because one was pinned', async () => {
    await store().load();
    pinned = [aModel('demo/b', { pinned: true }), aModel('demo/a')];
    await store().pin('demo/b');
    expect(store().preferred()?.id).toBe('demo/a');
  });

  it('says why there is no catalog, until there is one', async () => {
    refusal = new Failure('UNREACHABLE', 'gone');
    await store().load();
    expect(store().failure()).toBe(refusal);
    refusal = null;
    await store().load();
    expect(store().failure()).toBeNull();
  });
});
