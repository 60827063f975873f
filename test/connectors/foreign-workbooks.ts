import { strToU8, zipSync } from 'fflate'

const space = 'http://schemas.openxmlformats.org'
const main = `${space}/spreadsheetml/2006/main`
const related = `${space}/officeDocument/2006/relationships`
const declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** A workbook as some other program might have written it: its parts by name. */
export type ForeignWorkbook = Readonly<Record<string, string>>

export const packed = (parts: ForeignWorkbook): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))

type Sheet = { readonly name: string; readonly xml: string; readonly hidden?: true; readonly relations?: string }

const workbookOf = (
  sheets: readonly Sheet[],
  more: { readonly parts?: ForeignWorkbook; readonly types?: string; readonly after?: string } = {},
): ForeignWorkbook => ({
  '[Content_Types].xml': `${declared}<Types xmlns="${space}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}${more.types ?? ''}</Types>`,
  '_rels/.rels': `${declared}<Relationships xmlns="${space}/package/2006/relationships"><Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${declared}<Relationships xmlns="${space}/package/2006/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${related}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}${more.parts?.['xl/styles.xml'] === undefined ? '' : `<Relationship Id="rIdS" Type="${related}/styles" Target="styles.xml"/>`}</Relationships>`,
  'xl/workbook.xml': `${declared}<workbook xmlns="${main}" xmlns:r="${related}"><sheets>${sheets.map(({ name, hidden }, index) => `<sheet name="${name}" sheetId="${index + 3}"${hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('')}</sheets>${more.after ?? ''}</workbook>`,
  ...Object.fromEntries(
    sheets.flatMap(({ xml, relations }, index): (readonly [string, string])[] => [
      [`xl/worksheets/sheet${index + 1}.xml`, declared + xml],
      ...(relations === undefined
        ? []
        : [
            [
              `xl/worksheets/_rels/sheet${index + 1}.xml.rels`,
              `${declared}<Relationships xmlns="${space}/package/2006/relationships">${relations}</Relationships>`,
            ] as const,
          ]),
    ]),
  ),
  ...more.parts,
})

const stylesType = `<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>`

/** Number formats, a lock taken off, borders, a bold font, and rules that colour cells. */
const styles = `${declared}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yy"/></numFmts><fonts count="2"><font><sz val="10"/><name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor theme="4" tint="0.5"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"><color auto="1"/></left><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyProtection="1"><protection locked="0"/></xf><xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"><alignment horizontal="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/><xf numFmtId='9' fontId='0' fillId='2' borderId='0' xfId='0'/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>`

const text = (cell: string, words: string, style = 0) =>
  `<c r="${cell}"${style ? ` s="${style}"` : ''} t="inlineStr"><is><t>${words}</t></is></c>`

/** A school's own tracker: merged heads, formulas, formats, locks, lists, rules that colour, widths, a hidden sheet first. */
const tracker = workbookOf(
  [
    {
      name: 'Codes',
      hidden: true,
      xml: `<worksheet xmlns="${main}"><sheetData><row r="1">${text('A1', 'Yes')}</row><row r="2">${text('A2', 'No')}</row></sheetData></worksheet>`,
    },
    {
      name: 'Year 9 &amp; 10 &quot;data&quot;',
      xml: `<worksheet xmlns="${main}" xmlns:r="${related}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><sheetPr codeName="a&gt;b"/><dimension ref="A1:G6"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="2" width="22.7109375" customWidth="1"/><col min="3" max="6" width="9.5" style="1" customWidth="1"/></cols><sheetData><row r="1" spans="1:7" ht="40" customHeight="1">${text('A1', 'Spring', 2)}<c r="B1" s="2"/><c r="C1" s="2"/></row><row r="2">${text('A2', 'UPN', 2)}${text('B2', 'Name', 2)}</row><row r="3" spans="2:7"><c r="C3" s="1"><v>46000</v></c><c r="D3" s="4"><f>C3/100000</f><v>0.46</v></c><c r="F3"><f t="shared" ref="F3:F5" si="0">D3*2</f><v>0.92</v></c></row><!-- <c r="A3"/> --><row r="4"><c s="3" r='A4' t="str"><f>"0"&amp;"12"</f><v>012</v></c><c r="F4"><f t="shared" si="0"/><v>0</v></c></row><row r="6" s="4" customFormat="1"/></sheetData><sheetProtection sheet="1" objects="1"/><autoFilter ref="A2:F6"/><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells><conditionalFormatting sqref="D3:D6"><cfRule type="cellIs" dxfId="0" priority="1" operator="lessThan"><formula>0.5</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="G3:G6"><formula1>Codes!$A$1:$A$2</formula1></dataValidation></dataValidations><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><extLst><ext uri="{00000000-0000-0000-0000-000000000000}"/></extLst></worksheet>`,
    },
  ],
  {
    parts: { 'xl/styles.xml': styles, 'docProps/custom.bin': '\u0001\u0002' },
    types: `${stylesType}<Default Extension="bin" ContentType="application/octet-stream"/>`,
    after: `<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="1" hidden="1">'Year 9 &amp; 10 "data"'!$A$2:$F$6</definedName></definedNames>`,
  },
)

/** A sheet on which somebody has left comments already, as Excel writes them, and a workbook that has no styles. */
const commented = workbookOf(
  [
    {
      name: 'Return',
      xml: `<worksheet xmlns="${main}" xmlns:r="${related}"><sheetData><row r="1">${text('A1', 'upn')}${text('B1', 'status')}</row><row r="2">${text('A2', '=1+1')}${text('B2', 'M')}</row></sheetData><legacyDrawing r:id="rId9"/></worksheet>`,
      relations: `<Relationship Id="rId9" Type="${related}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="vsx1" Type="${related}/comments" Target="../comments1.xml"/>`,
    },
  ],
  {
    types: `<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`,
    parts: {
      'xl/comments1.xml': `${declared}<comments xmlns="${main}"><authors><author>Office</author></authors><commentList><comment ref="A2" authorId="0"><text><t>Ask Ms Lee</t></text></comment><comment ref="C7" authorId="0"><text><r><rPr><b/></rPr><t>Keep</t></r></text></comment></commentList></comments>`,
      'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"/><v:shape id="_x0000_s1027" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>0</x:Column></x:ClientData></v:shape><v:shape id="_x0000_s1030" type="#_x0000_t202"><br><x:ClientData ObjectType="Note"><x:Row>6</x:Row><x:Column>2</x:Column></x:ClientData></v:shape></xml>`,
    },
  },
)

/** Names with prefixes, cells without addresses, and a table whose part stands last. */
const prefixed = workbookOf(
  [
    {
      name: "Class 9's list",
      xml: `<x:worksheet xmlns:x="${main}" xmlns:rel="${related}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>upn</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>status</x:t></x:is></x:c></x:row><x:row><x:c><x:v>12</x:v></x:c><x:c s="1"><x:v>46000</x:v></x:c></x:row></x:sheetData><x:tableParts count="1"><x:tablePart rel:id="rId1"/></x:tableParts></x:worksheet>`,
      relations: `<Relationship Id="rId1" Type="${related}/table" Target="/xl/tables/table1.xml"/>`,
    },
  ],
  {
    types: `${stylesType}<Override PartName="/xl/tables/table1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"/>`,
    parts: {
      'xl/styles.xml': styles.replace(/<(\/?)(?=[a-z])/gi, '<$1x:').replace('xmlns="', 'xmlns:x="'),
      'xl/tables/table1.xml': `${declared}<table xmlns="${main}" id="1" name="T" displayName="T" ref="A1:B2"><autoFilter ref="A1:B2"/><tableColumns count="2"><tableColumn id="1" name="upn"/><tableColumn id="2" name="status"/></tableColumns></table>`,
    },
  },
)

/** Foreign workbooks, each with cells to mark: some filled, some blank, some that the sheet does not hold at all. */
export const foreignWorkbooks = [
  {
    name: 'a tracker',
    parts: tracker,
    sheet: 'Year 9 & 10 "data"',
    part: 'xl/worksheets/sheet2.xml',
    cells: ['C3', 'D3', 'A4', 'A3', 'D6', 'B5', 'E9'],
  },
  {
    name: 'a sheet with comments',
    parts: commented,
    sheet: 'Return',
    part: 'xl/worksheets/sheet1.xml',
    cells: ['A2', 'B2', 'D2'],
  },
  {
    name: 'names with prefixes',
    parts: prefixed,
    sheet: "Class 9's list",
    part: 'xl/worksheets/sheet1.xml',
    cells: ['A2', 'B2', 'C3'],
  },
] as const
