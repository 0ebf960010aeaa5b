import { deserialize, serialize } from 'node:v8';

type Numbers = Int32Array | Uint16Array | Float32Array;
/** What can be written flat: records of records of arrays and numbers. */
export type Flat = Readonly<Record<string, Readonly<Record<string, Numbers | readonly string[] | number>>>>;

const KINDS = { Int32Array, Uint16Array, Float32Array };
/** Where the numbers of an array lie behind the head. */
interface Place {
  readonly kind: keyof typeof KINDS;
  readonly at: number;
  readonly length: number;
}
/** Every array begins where its numbers can be read in place. */
const ALIGNED = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNED) * ALIGNED;
const isNumbers = (value: unknown): value is Numbers => ArrayBuffer.isView(value);
const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** Every value of a record of records, changed. */
const mapped = (all: object, change: (value: unknown) => unknown): object =>
  Object.fromEntries(
    Object.entries(all).map(([part, values]) => [
      part,
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)])),
    ]),
  );

/** The bytes of a flat value: how long its head is, its head, and the numbers of its arrays. */
export function written(flat: Flat): Buffer {
  const arrays: { at: number; bytes: Uint8Array }[] = [];
  let end = 0;
  const head = serialize(
    mapped(flat, (value) => {
      if (!isNumbers(value)) return value;
      const place: Place = { kind: kindOf(value), at: end, length: value.length };
      arrays.push({ at: end, bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) });
      end += aligned(value.byteLength);
      return place;
    }),
  );
  const start = aligned(ALIGNED + head.length);
  const bytes = Buffer.alloc(start + end);
  bytes.writeUInt32LE(head.length);
  bytes.set(head, ALIGNED);
  for (const array of arrays) bytes.set(array.bytes, start + array.at);
  return bytes;
}

/** The flat value of some bytes, which begin at a multiple of eight: its arrays of numbers lie in them. Throws for others. */
export function read(bytes: Buffer): Flat {
  const length = bytes.readUInt32LE();
  const start = bytes.byteOffset + aligned(ALIGNED + length);
  const head = deserialize(bytes.subarray(ALIGNED, ALIGNED + length)) as object;
  return mapped(head, (value) =>
    isPlace(value)
      ? new KINDS[value.kind](bytes.buffer as ArrayBuffer, start + value.at, value.length)
      : value,
  ) as Flat;
}

function kindOf(numbers: Numbers): Place['kind'] {
  if (numbers instanceof Float32Array) return 'Float32Array';
  return numbers instanceof Int32Array ? 'Int32Array' : 'Uint16Array';
}
