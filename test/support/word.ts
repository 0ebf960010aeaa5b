import JSZip from 'jszip';

/** The words of a .docx document, in their order. */
export async function wordsOf(document: Uint8Array | string): Promise<string> {
  const archive = await JSZip.loadAsync(document);
  const xml = (await archive.file('word/document.xml')?.async('string')) ?? '';
  return xml
    .replace(/<\/w:p>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}
