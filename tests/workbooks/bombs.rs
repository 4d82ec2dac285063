//! Small workbooks that ask for everything, and locked ones. Each must end in a finding, soon.

use super::Desk;

/// A zip file of entries kept as they are given: name, packing method, bytes, unpacked size.
fn zip(entries: &[(&str, u16, &[u8], u32)]) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for (name, method, bytes, size) in entries {
        let offset = u32::try_from(file.len()).unwrap();
        let packed = u32::try_from(bytes.len()).unwrap();
        let length = u16::try_from(name.len()).unwrap();
        let mut head = Vec::new();
        for half in [20, 0, *method, 0, 0x21] {
            head.extend(u16::to_le_bytes(half));
        }
        for word in [crc32(bytes), packed, *size] {
            head.extend(u32::to_le_bytes(word));
        }
        head.extend(length.to_le_bytes());
        head.extend(0u16.to_le_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&head);
        file.extend(name.as_bytes());
        file.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&head);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, length) = (file.len(), directory.len());
    let count = u16::try_from(entries.len()).unwrap();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(u32::try_from(length).unwrap().to_le_bytes());
    file.extend(u32::try_from(start).unwrap().to_le_bytes());
    file.extend(0u16.to_le_bytes());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & 0u32.wrapping_sub(crc & 1))
        })
    })
}

/// Deflate: `start` as it stands, then its last byte again, 258 times for each 13 bits.
fn deflated_without_end(start: &[u8], repeats: usize) -> Vec<u8> {
    let length = u16::try_from(start.len()).unwrap();
    let mut packed = vec![0];
    packed.extend(length.to_le_bytes());
    packed.extend((!length).to_le_bytes());
    packed.extend(start);
    let mut bits: Vec<bool> = vec![true, true, false];
    // Code 285 of the fixed table, 11000101: a length of 258; then code 0: one byte back.
    let again = [true, true, false, false, false, true, false, true];
    for _ in 0..repeats {
        bits.extend(again);
        bits.extend([false; 5]);
    }
    bits.extend([false; 7]);
    packed.extend(bits.chunks(8).map(|eight| {
        let numbered = (0..8u8).zip(eight);
        numbered.fold(0u8, |byte, (n, bit)| byte | (u8::from(*bit) << n))
    }));
    packed
}

const TYPES: &str =
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const PARTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

fn workbook(sheet_data: &str, strings: (u16, &[u8], u32)) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    let stored = |text: &str| u32::try_from(text.len()).unwrap();
    zip(&[
        ("[Content_Types].xml", 0, TYPES.as_bytes(), stored(TYPES)),
        ("_rels/.rels", 0, PACKAGE.as_bytes(), stored(PACKAGE)),
        (
            "xl/_rels/workbook.xml.rels",
            0,
            PARTS.as_bytes(),
            stored(PARTS),
        ),
        ("xl/workbook.xml", 0, BOOK.as_bytes(), stored(BOOK)),
        (
            "xl/worksheets/sheet1.xml",
            0,
            sheet.as_bytes(),
            stored(&sheet),
        ),
        ("xl/sharedStrings.xml", strings.0, strings.1, strings.2),
    ])
}

const NO_STRINGS: (u16, &[u8], u32) = (
    0,
    b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
    72,
);

#[test]
fn two_cells_at_the_ends_of_a_sheet_are_not_seventeen_thousand_million_blanks() {
    let corners = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let bytes = workbook(corners, NO_STRINGS);
    assert!(bytes.len() < 3000);
    let checked = Desk::with("bomb.xlsx", &bytes).check(&["bomb.xlsx"]);
    assert_eq!(checked.status, Some(1));
    assert_eq!(
        checked.message("F313"),
        "共 1048576 行，最多读 50000 行（1911 字节）"
    );
}

#[test]
fn a_text_that_unpacks_past_all_memory_is_a_finding_and_the_program_lives() {
    let start =
        b"<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>a";
    let packed = deflated_without_end(start, 2_500_000);
    let size = u32::try_from(start.len() + 2_500_000 * 258).unwrap();
    let bytes = workbook("", (8, &packed, size));
    assert!(bytes.len() < 5_000_000);
    let desk = Desk::with("bomb.xlsx", &bytes);
    desk.keep("good.csv", "日期,值班员\n2026-10-01,张建国\n".as_bytes());
    let checked = desk.check(&["bomb.xlsx", "good.csv"]);
    assert_eq!(checked.message("F313"), "文件展开以后太大，没有读");
    assert_eq!(checked.json["summary"]["shifts"], 1);
}

#[test]
fn many_wide_rows_are_refused_before_they_take_memory() {
    let row = |row| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#);
    let rows = (1..=2000).map(row).collect::<Vec<_>>().concat();
    let checked = Desk::with("wide.xlsx", &workbook(&rows, NO_STRINGS)).check(&["wide.xlsx"]);
    assert_eq!(checked.message("F313"), "文件展开以后太大，没有读");
}

#[test]
fn a_workbook_past_five_megabytes_is_not_opened() {
    let sheet = "<!--".to_owned() + &"a".repeat(5_000_000) + "-->";
    let checked = Desk::with("big.xlsx", &workbook(&sheet, NO_STRINGS)).check(&["big.xlsx"]);
    assert_eq!(checked.codes()[0], "F313");
}

/// A compound file holding nothing but empty streams of these names.
fn compound(streams: &[&str]) -> Vec<u8> {
    const FREE: u32 = 0xFFFF_FFFF;
    const END: u32 = 0xFFFF_FFFE;
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.extend([0; 16]);
    for half in [0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0u16] {
        file.extend(half.to_le_bytes());
    }
    // No sectors of directory counted, one of the table, the directory at 1, no small ones.
    for word in [0, 1, 1, 0, 4096, END, 0, END, 0, 0u32] {
        file.extend(word.to_le_bytes());
    }
    file.extend([FREE; 108].iter().flat_map(|word| word.to_le_bytes()));
    let table = [0xFFFF_FFFD, END].into_iter().chain([FREE; 126]);
    file.extend(table.flat_map(u32::to_le_bytes));
    let names = ["Root Entry"].iter().chain(streams);
    for (n, name) in names.enumerate() {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([if n == 0 { 5 } else { 2 }, 1]);
        for word in [FREE, FREE, if n == 0 { 1 } else { FREE }] {
            entry.extend(word.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(END.to_le_bytes());
        entry.resize(128, 0);
        file.extend(entry);
    }
    file.resize(512 * 3, 0);
    file
}

#[test]
fn a_locked_workbook_asks_for_its_password_to_be_taken_off() {
    let locked = compound(&["EncryptionInfo", "EncryptedPackage"]);
    let checked = Desk::with("locked.xlsx", &locked).check(&["locked.xlsx"]);
    assert_eq!(checked.message("F312"), "工作簿加了密码，打不开");
    let letter = compound(&["WordDocument"]);
    let checked = Desk::with("letter.doc", &letter).check(&["letter.doc"]);
    assert_eq!(checked.message("F312"), "这不是表格文件（OLE）");
}
