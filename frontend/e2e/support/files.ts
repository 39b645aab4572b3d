import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

/** A file as somebody has it on their computer. */
export interface FileOfTheirs {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Writes files into a new folder, for a browser that wants paths. */
export async function onDisk(...files: readonly FileOfTheirs[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-files-'));
  return Promise.all(
    files.map(async ({ name, buffer }) => {
      const path = join(folder, name);
      await writeFile(path, buffer);
      return path;
    }),
  );
}

export function text(name: string, content: string, mimeType = 'text/plain'): FileOfTheirs {
  return { name, mimeType, buffer: Buffer.from(content) };
}

type Paint = (x: number, y: number) => readonly [red: number, green: number, blue: number];

/** Evening over the sea: something to look at. `x` and `y` go from 0 to 1. */
const evening: Paint = (x, y) => {
  const sun = Math.hypot((x - 0.62) * 1.4, y - 0.5) < 0.14 && y < 0.58;
  if (sun) return [255, 236, 190];
  if (y < 0.58) return [70 + 185 * y, 80 + 130 * y, 150 + 20 * y];
  const glitter = Math.abs(x - 0.62) < 0.16 * (y - 0.4) * 2 && Math.sin(y * 190 + x * 40) > 0.2;
  return glitter ? [250, 214, 160] : [26 + 30 * (1 - y), 60 + 60 * (1 - y), 96 + 60 * (1 - y)];
};

/** What no format makes smaller. */
const noise: Paint = () => [Math.random() * 255, Math.random() * 255, Math.random() * 255];

export function picture(name: string, width = 640, height = 480): FileOfTheirs {
  return { name, mimeType: 'image/png', buffer: png(width, height, evening) };
}

/** About 3 bytes a pixel. */
export function noisyPicture(name: string, side: number): FileOfTheirs {
  return { name, mimeType: 'image/png', buffer: png(side, side, noise) };
}

/** https://www.w3.org/TR/png-3/: eight bits a colour, no filter, no interlacing. */
function png(width: number, height: number, paint: Paint): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      paint(x / width, y / height).forEach((colour, index) => (rows[at + index] = Math.round(colour)));
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
