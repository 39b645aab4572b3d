import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentVariables } from '../config/load-config.js';
import { YamlModelCatalog } from './yaml-model-catalog.js';

const NONE = { compatible: {}, demo: false, demoTokensPerSecond: 40 };

describe(YamlModelCatalog.name, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'models-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The catalog of a file with these lines. */
  const catalogOf = (lines: readonly string[], providers: { compatible: object; demo: boolean } = NONE) => {
    const modelsFile = join(folder, 'models.yaml');
    writeFileSync(modelsFile, lines.join('\n'));
    return new YamlModelCatalog({
      modelsFile,
      providers: { ...NONE, ...providers, compatible: { ...providers.compatible } },
    });
  };
  const problemsOf = (...lines: readonly string[]): string => {
    try {
      catalogOf(lines);
    } catch (error) {
      return (error as Error).message;
    }
    return 'no problem';
  };

  describe('all', () => {
    it('offers the built-in models, and says which of them are configured', () => {
      const catalog = new YamlModelCatalog({ providers: { ...NONE, anthropic: { apiKey: 'key' } } });

      expect(catalog.all()).toContainEqual({
        id: 'anthropic/claude-sonnet-5-5',
        name: 'Claude Sonnet 5.5',
        provider: 'anthropic',
        vendorModel: 'claude-sonnet-5-5',
        contextWindow: 1_000_000,
        maxTemperature: 0,
        acceptsImages: true,
        configured: true,
        setting: 'ANTHROPIC_API_KEY',
      });
      expect(catalog.all().filter(({ configured }) => configured)).toHaveLength(3);
    });

    it('names for each a setting that the configuration reads', () => {
      const known = environmentVariables();
      for (const { setting } of new YamlModelCatalog({ providers: { ...NONE, demo: true } }).all())
        expect(known).toContain(setting);
    });

    it('names every built-in model once', () => {
      const ids = new YamlModelCatalog({ providers: { ...NONE, demo: true } }).all().map(({ id }) => id);

      expect(new Set(ids).size).toBe(ids.length);
    });

    it.each([
      [true, ['demo/rivulet', 'demo/rivulet-reasoner']],
      [false, []],
    ])('offers the demo models only where they are on: %s', (demo, expected) => {
      const models = new YamlModelCatalog({ providers: { ...NONE, demo } }).all();

      expect(models.filter(({ provider }) => provider === 'demo').map(({ id }) => id)).toEqual(expected);
    });

    it('offers what the file lists, in its order, in place of the built-in models', () => {
      const catalog = catalogOf(
        [
          '# our own',
          '- id: ollama/llama3.3:70b',
          '  name: Llama 3.3',
          '  contextWindow: 131072',
          '- { id: router/meta/llama, name: Llama elsewhere }',
        ],
        { ...NONE, compatible: { ollama: { baseUrl: 'http://localhost:11434/v1' } } },
      );

      expect(catalog.all()).toEqual([
        {
          id: 'ollama/llama3.3:70b',
          name: 'Llama 3.3',
          provider: 'ollama',
          vendorModel: 'llama3.3:70b',
          contextWindow: 131_072,
          maxTemperature: 2,
          acceptsImages: false,
          configured: true,
          setting: 'OLLAMA_BASE_URL',
        },
        {
          id: 'router/meta/llama',
          name: 'Llama elsewhere',
          provider: 'router',
          vendorModel: 'meta/llama',
          maxTemperature: 2,
          acceptsImages: false,
          configured: false,
          setting: 'COMPATIBLE_SERVERS',
        },
      ]);
    });

    it.each([
      ['openai/gpt-4.1', 2],
      ['openai/gpt-6-luna', 0],
      ['openai/o3', 0],
      ['anthropic/claude-haiku-4-5', 1],
      ['anthropic/claude-opus-5-5', 0],
      ['xai/grok-4.6', 2],
      ['ollama/any', 2],
    ])('knows of %s that it takes a temperature up to %d, unless the file says otherwise', (id, expected) => {
      const [model] = catalogOf([`- { id: ${id}, name: A }`]).all();
      expect(model?.maxTemperature).toBe(expected);
      const [said] = catalogOf([`- { id: ${id}, name: A, maxTemperature: 0.5 }`]).all();
      expect(said?.maxTemperature).toBe(0.5);
    });

    it.each([
      ['openai/any', true],
      ['anthropic/any', true],
      ['xai/any', true],
      ['demo/rivulet', true],
      ['ollama/any', false],
    ])('knows of %s whether it can be shown images (%s), unless the file says otherwise', (id, expected) => {
      const accepts = (said: string) =>
        catalogOf([`- { id: ${id}, name: A${said} }`], { ...NONE, demo: true }).find(id)?.acceptsImages;
      expect(accepts('')).toBe(expected);
      expect(accepts(`, images: ${!expected}`)).toBe(!expected);
    });

    it('lets the file rename a demo model', () => {
      const catalog = catalogOf(['- { id: demo/rivulet, name: Try me }'], { ...NONE, demo: true });

      expect(catalog.all().map(({ name }) => name)).toEqual(['Try me', 'Rivulet demo, thinking aloud']);
    });
  });

  describe('find', () => {
    it('finds by id', () => {
      const catalog = new YamlModelCatalog({ providers: NONE });

      expect(catalog.find('openai/gpt-6-astra')).toMatchObject({ name: 'GPT-6 Astra', configured: false });
      expect(catalog.find('openai/nothing')).toBeUndefined();
    });
  });

  describe('constructor', () => {
    it('names every problem of the file at once, each with its line', () => {
      const message = problemsOf(
        '- id: no-slash',
        '  name: One',
        '- id: a/b',
        '- id: c/d',
        '  name: Three',
        '  contextWindow: many',
        '  colour: blue',
        '- { id: e/f, name: Four, plans: free }',
        '- { id: g/h, name: Five, maxTemperature: 3, images: some }',
      );

      expect(message).toContain('has 7 problem(s)');
      expect(message).toContain('line 1: entry 1, id: must be provider/model');
      expect(message).toContain('line 3: entry 2, name: must be a text');
      expect(message).toContain('line 6: entry 3, contextWindow: must be a whole number of tokens');
      expect(message).toMatch(/line 4: entry 3: .*colour/);
      expect(message).toContain('line 9: entry 5, maxTemperature: must be 2 or less');
      expect(message).toContain('line 9: entry 5, images: must be true or false');
      expect(message).toContain('line 8: entry 4, plans: is not said here: the plans of PLANS_FILE say');
    });

    it.each([
      [['- { id: a/b, name: A }', '- { id: a/b, name: B }'], 'line 2: entry 2, id: is listed twice: a/b'],
      [['models: none'], 'the file: must be a list of models'],
      [['[]'], 'must list at least one model'],
      [[''], 'must be a list of models'],
      [['- id: "a/b', '  name: A'], 'line '],
    ])('refuses %j', (lines, problem) => {
      expect(problemsOf(...lines)).toContain(problem);
    });

    it('says which file cannot be read', () => {
      const modelsFile = join(folder, 'missing.yaml');

      expect(() => new YamlModelCatalog({ modelsFile, providers: NONE })).toThrow(
        `cannot be read: ${modelsFile}`,
      );
    });
  });
});
