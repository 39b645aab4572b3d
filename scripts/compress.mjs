/** Compresses what was built, once and well; the server then only picks the file that a browser takes. */
import { readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const WORTH_IT = /\.(?:css|js)$|^diagrams-[^.]+\.html$/;
const COMPRESSED = /\.(?:br|gz)$/;
/** Bytes; less gains nothing. */
const SMALLEST = 1024;
/** Bytes; of more, the best brotli would keep a build waiting. */
const LARGE = 500_000;

const inBrotli = promisify(brotliCompress);
const inGzip = promisify(gzip);

/** Puts `.br` and `.gz` beside the scripts and styles of a folder, in place of earlier ones. */
export async function compressFiles(folder) {
  const files = readdirSync(folder);
  for (const file of files) if (COMPRESSED.test(file)) rmSync(join(folder, file));
  await Promise.all(
    files.filter((file) => WORTH_IT.test(file)).map((file) => compressFile(join(folder, file))),
  );
}

async function compressFile(path) {
  const text = await readFile(path);
  if (text.length < SMALLEST) return;
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: text.length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  await Promise.all([
    inBrotli(text, { params }).then((compressed) => writeFile(`${path}.br`, compressed)),
    inGzip(text, { level: constants.Z_BEST_COMPRESSION }).then((compressed) =>
      writeFile(`${path}.gz`, compressed),
    ),
  ]);
}
