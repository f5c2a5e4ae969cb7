import type { FileToZip } from './writeZip.ts';
import { writeZip } from './writeZip.ts';

/** A workbook made by hand for tests: `sheet` is what stands inside <worksheet>. */
export function workbookOf(
  sheet: string,
  more: { readonly texts?: string; readonly styles?: string; readonly book?: string } = {},
): Promise<Uint8Array> {
  const files: FileToZip[] = [
    {
      name: 'xl/workbook.xml',
      pieces: [
        `<workbook>${more.book ?? ''}<sheets><sheet name="x" sheetId="1" r:id="rId7"/></sheets></workbook>`,
      ],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      pieces: ['<Relationships><Relationship Id="rId7" Target="/xl/worksheets/first.xml"/></Relationships>'],
    },
    { name: 'xl/worksheets/first.xml', pieces: [`<worksheet>${sheet}</worksheet>`] },
  ];
  if (more.texts !== undefined)
    files.push({ name: 'xl/sharedStrings.xml', pieces: [`<sst>${more.texts}</sst>`] });
  if (more.styles !== undefined) {
    files.push({ name: 'xl/styles.xml', pieces: [`<styleSheet>${more.styles}</styleSheet>`] });
  }
  return writeZip(files);
}
