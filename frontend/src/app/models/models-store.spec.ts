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
  /** How the server answers a move. */
  let move: (id: string) => Promise<Model[]>;

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
    const movePin = (id: string, before: string | null) => {
      steps.push(`move ${id} before ${before}`);
      return move(id);
    };
    const ensure = () => Promise.resolve(void steps.push('somebody'));
    TestBed.configureTestingModule({
      providers: [
        { provide: ModelsApi, useValue: { list, pin, movePin } },
        { provide: BrowserStorage, useValue: storage },
        { provide: ViewerStore, useValue: { ensure } },
      ],
    });
  });

  it('begins with the first model that can be used', async () => {
    await store().load();
    expect(store().preferred()?.id).toBe('demo/a');
  });

  it('knows what it was called while the catalog cannot be read', async () => {
    expect(store().formerName).toBeNull();
    await store().load();
    expect(storage.read('model.name')).toBe('a');
    store().remember('demo/b');
    expect(storage.read('model.name')).toBe('b');
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

  describe('movePin', () => {
    const order = () =>
      store()
        .models()
        .map(({ name }) => name)
        .join(' ');

    beforeEach(async () => {
      models = [...'abc'].map((name) => aModel(`demo/${name}`, { pinned: true }));
      await store().load();
    });

    it('shows the new order before the server has answered', async () => {
      let answer: (models: Model[]) => void = () => undefined;
      move = () => new Promise((resolve) => (answer = resolve));
      const moved = store().movePin('demo/c', 'demo/a');
      expect(order()).toBe('c a b');
      await Promise.resolve();
      answer([aModel('demo/c', { pinned: true })]);
      await moved;
      expect(order()).toBe('c');
    });

    it('sends moves one after the other, and shows none of the answers between', async () => {
      const answers: ((models: Model[]) => void)[] = [];
      move = () => new Promise((resolve) => answers.push(resolve));
      const first = store().movePin('demo/c', 'demo/a');
      const second = store().movePin('demo/b', 'demo/c');
      await Promise.resolve();
      expect(steps).toEqual(['move demo/c before demo/a']);
      answers[0]?.(models);
      await first;
      expect(order()).toBe('b c a');
      answers[1]?.(models.toReversed());
      await second;
      expect(order()).toBe('c b a');
    });

    it('shows what the server has when a move cannot be kept', async () => {
      move = () => Promise.reject(new Failure('UNREACHABLE', 'gone'));
      await expect(store().movePin('demo/c', 'demo/a')).rejects.toThrow('gone');
      expect(order()).toBe('a b c');
      models = models.toReversed();
      await expect(store().movePin('demo/c', 'demo/a')).rejects.toThrow('gone');
      expect(order()).toBe('c b a');
      refusal = new Failure('UNREACHABLE', 'gone');
      await expect(store().movePin('demo/a', 'demo/c')).rejects.toThrow('gone');
      expect(order()).toBe('c b a');
    });
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
