import { describe, expect, it } from '@jest/globals';
import type { CatalogModel } from '../providers/model-catalog.js';
import type { Attachment } from './attachment.js';
import type { Turn } from './conversation.js';
import { fileIdsOf, takenBy, withFiles } from './told-files.js';

const SEEING = { acceptsImages: true } as CatalogModel;
const BLIND = { acceptsImages: false } as CatalogModel;
const MEGABYTE = 1024 * 1024;

function image(name: string, size = 1): Attachment {
  return { id: name, name, mediaType: 'image/png', size, sha256: name };
}

function text(name: string): Attachment {
  return { ...image(name), mediaType: 'text/plain' };
}

function turn(content: string, ...attachments: Attachment[]): Turn {
  return { role: 'user', content, ...(attachments.length > 0 && { attachments }) };
}

describe(takenBy.name, () => {
  it('leaves to a model that sees all that it is shown', () => {
    const turns = [turn('a', image('i'), text('t')), turn('b')];
    expect(takenBy(SEEING, turns)).toEqual(turns);
  });

  it('names images to one that does not, in the order of their messages', () => {
    expect(takenBy(BLIND, [turn('a', image('i'), text('t'), image('j')), turn('b')])).toEqual([
      turn('[image i]\n\n[image j]\n\na', text('t')),
      turn('b'),
    ]);
  });

  it('shows the newest images, as many as there is room for, and names the others', () => {
    const large = (name: string) => image(name, 2.5 * MEGABYTE);
    const newest = Array.from({ length: 7 }, (_, i) => large(`${i}`));
    expect(
      takenBy(SEEING, [
        turn('a', image('small')),
        turn('b', large('old'), large('older')),
        turn('c', ...newest),
      ]),
    ).toEqual([turn('[image small]\n\na'), turn('[image older]\n\nb', large('old')), turn('c', ...newest)]);
  });
});

describe(withFiles.name, () => {
  it('tells texts as text, and images in base64', () => {
    const turns = [turn('a', image('i'), text('t')), turn('b')];
    expect(fileIdsOf(turns)).toEqual(['i', 't']);
    const files = new Map([
      ['i', Buffer.from([0xff])],
      ['t', Buffer.from('\ufeffß')],
    ]);
    expect(withFiles(turns, files)).toEqual([
      {
        ...{ role: 'user', content: 'a' },
        attachments: [
          { type: 'image', name: 'i', mediaType: 'image/png', data: '/w==' },
          { type: 'text', name: 't', text: 'ß' },
        ],
      },
      { role: 'user', content: 'b' },
    ]);
  });
});
