//! The facts that a binary states about itself, read with the `object` crate.

use std::path::Path;

use object::elf::{FileHeader32, FileHeader64};
use object::pe::{ImageNtHeaders32, ImageNtHeaders64};
use object::read::elf::{Dyn, ElfFile, FileHeader, ProgramHeader};
use object::read::pe::{ImageNtHeaders, ImageOptionalHeader, PeFile};
use object::{
    Architecture, BinaryFormat, Endianness, FileKind, Object, ObjectSection, ObjectSymbol, SectionKind, elf,
    pe,
};

/// The text that an addon holds when it was built with the feature `fault-injection` of `neon-boundary`, for tests.
pub const FAULT_MARKER: &[u8] = b"neon-boundary fault injection";

/// A symbol version such as glibc's `2.17`: numbers, compared one by one.
pub type Version = Vec<u32>;

/// Reads `2.17` as `[2, 17]`; `None` when a part is no number (`GLIBC_PRIVATE`, `GLIBC_ABI_DT_RELR`).
pub fn parse_version(text: &str) -> Option<Version> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// One binary's properties, whatever its format.
#[derive(Debug)]
pub struct Facts {
    /// ELF, Mach-O or PE.
    pub format: BinaryFormat,
    /// The processor it is for.
    pub architecture: Architecture,
    /// Length of the file in bytes.
    pub size: u64,
    /// The libraries that the loader brings in with it.
    pub libraries: Vec<String>,
    /// The names that others can look up in it.
    pub exports: Vec<String>,
    /// Whether debug information or a table of local names is left.
    pub has_symbols: bool,
    /// Directories of a person's machine that the bytes contain.
    pub paths: Vec<String>,
    /// Those of the forbidden texts that the bytes contain.
    pub forbidden: Vec<String>,
    /// Whether it holds [`FAULT_MARKER`].
    pub injects_faults: bool,
    /// The facts of one of the formats only.
    pub linking: Linking,
}

/// How the linker hardened the file.
#[derive(Debug)]
pub enum Linking {
    /// Linux.
    Elf(ElfLinking),
    /// Windows: the flags of the optional header.
    Pe {
        /// Loaded at a random address.
        dynamic_base: bool,
        /// Data is never executed.
        nx_compatible: bool,
    },
    /// macOS: position-independent and bound at load by its format.
    MachO,
}

/// The parts of an ELF file that decide where it loads, and how safely.
#[derive(Debug, Default)]
pub struct ElfLinking {
    /// The newest `GLIBC_x.y` that it asks for, and every `GLIBC_` name that is no plain version.
    pub newest_glibc: Option<Version>,
    /// `GLIBC_` names that are no plain version.
    pub odd_glibc: Vec<String>,
    /// `DF_1_NODELETE`: stays mapped after `dlclose`.
    pub nodelete: bool,
    /// `PT_GNU_RELRO` and all symbols bound at load: tables are read-only afterwards.
    pub full_relro: bool,
    /// The stack may be executed (also when nothing says that it may not).
    pub executable_stack: bool,
    /// Code pages are patched at load.
    pub text_relocations: bool,
}

/// Reads the binary in `data`.
///
/// `private` holds directories that must not appear, besides those where people keep their files, and `forbidden` other texts.
///
/// # Errors
///
/// When `data` is no ELF, Mach-O or PE file of one processor, or is damaged.
pub fn read(data: &[u8], private: &[String], forbidden: &[String]) -> object::Result<Facts> {
    let file = object::File::parse(data)?;
    let linking = match FileKind::parse(data)? {
        FileKind::Elf64 => Linking::Elf(read_elf::<FileHeader64<Endianness>>(data)?),
        FileKind::Elf32 => Linking::Elf(read_elf::<FileHeader32<Endianness>>(data)?),
        FileKind::Pe32 => read_pe::<ImageNtHeaders32>(data)?,
        FileKind::Pe64 => read_pe::<ImageNtHeaders64>(data)?,
        _ => Linking::MachO,
    };
    let lossy = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    let mut libraries = Vec::new();
    for library in file.import_libraries()? {
        libraries.push(lossy(library?.name()));
    }
    let mut exports = Vec::new();
    for export in file.exports()? {
        exports.push(match export?.name() {
            object::read::NameOrOrdinal::Name(name) => lossy(name),
            object::read::NameOrOrdinal::Ordinal(ordinal) => format!("#{ordinal}"),
        });
    }
    exports.sort();
    Ok(Facts {
        format: file.format(),
        architecture: file.architecture(),
        size: data.len() as u64,
        libraries,
        exports,
        has_symbols: file.has_debug_symbols() || has_local_names(&file),
        paths: find_paths(data, private),
        forbidden: forbidden
            .iter()
            .filter(|text| position(data, text.as_bytes()).is_some())
            .cloned()
            .collect(),
        injects_faults: position(data, FAULT_MARKER).is_some(),
        linking,
    })
}

/// Where `text` begins in `data`; an empty one is nowhere.
fn position(data: &[u8], text: &[u8]) -> Option<usize> {
    data.windows(text.len().max(1)).position(|window| window == text)
}

fn has_local_names(file: &object::File<'_>) -> bool {
    match file.format() {
        BinaryFormat::Elf => file.symbol_table().is_some(),
        BinaryFormat::MachO => file.symbols().any(|symbol| {
            symbol.is_local() && symbol.is_definition() && symbol.name().is_ok_and(|name| !name.is_empty())
        }),
        _ => file.sections().any(|section| section.kind() == SectionKind::Debug),
    }
}

fn read_elf<Elf: FileHeader<Endian = Endianness>>(data: &[u8]) -> object::Result<ElfLinking> {
    let file = ElfFile::<Elf>::parse(data)?;
    let endian = file.endian();
    let header = file.elf_header();
    let sections = header.sections(endian, data)?;
    let mut linking = ElfLinking { executable_stack: true, ..ElfLinking::default() };

    let mut relro_segment = false;
    for segment in header.program_headers(endian, data)? {
        match segment.p_type(endian) {
            elf::PT_GNU_RELRO => relro_segment = true,
            elf::PT_GNU_STACK => {
                linking.executable_stack = segment.p_flags(endian).contains(elf::PF_X);
            }
            _ => {}
        }
    }

    let mut bind_now = false;
    for entry in sections.dynamic(endian, data)?.map_or(&[][..], |(entries, _)| entries) {
        let value = entry.val(endian);
        match entry.tag(endian) {
            elf::DT_BIND_NOW => bind_now = true,
            elf::DT_TEXTREL => linking.text_relocations = true,
            elf::DT_FLAGS => {
                bind_now |= value & elf::DF_BIND_NOW.0 != 0;
                linking.text_relocations |= value & elf::DF_TEXTREL.0 != 0;
            }
            elf::DT_FLAGS_1 => {
                bind_now |= value & elf::DF_1_NOW.0 != 0;
                linking.nodelete = value & elf::DF_1_NODELETE.0 != 0;
            }
            _ => {}
        }
    }
    linking.full_relro = relro_segment && bind_now;

    if let Some((needs, link)) = sections.gnu_verneed(endian, data)? {
        let strings = sections.strings(endian, data, link)?;
        for need in needs {
            for version in need?.1 {
                let name = String::from_utf8_lossy(version?.name(endian, strings)?).into_owned();
                let Some(number) = name.strip_prefix("GLIBC_") else { continue };
                match parse_version(number) {
                    Some(version) => linking.newest_glibc = linking.newest_glibc.max(Some(version)),
                    None => linking.odd_glibc.push(name),
                }
            }
        }
    }
    Ok(linking)
}

fn read_pe<Pe: ImageNtHeaders>(data: &[u8]) -> object::Result<Linking> {
    let flags = PeFile::<Pe>::parse(data)?.nt_headers().optional_header().dll_characteristics();
    Ok(Linking::Pe {
        dynamic_base: flags.contains(pe::IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE),
        nx_compatible: flags.contains(pe::IMAGE_DLLCHARACTERISTICS_NX_COMPAT),
    })
}

/// Where people keep their files, on the systems that build binaries.
const PERSONAL_DIRECTORIES: [&str; 6] = ["/home/", "/root/", "/Users/", "/tmp/", "\\Users\\", "/runner/"];

fn find_paths(data: &[u8], private: &[String]) -> Vec<String> {
    let mut found: Vec<String> = PERSONAL_DIRECTORIES
        .iter()
        .copied()
        .chain(private.iter().map(String::as_str))
        .filter_map(|directory| {
            let at = position(data, directory.as_bytes())?;
            let start =
                data[..at].iter().rposition(|&byte| !is_path_byte(byte)).map_or(0, |before| before + 1);
            let end = data[at..].iter().position(|&byte| !is_path_byte(byte)).map_or(data.len(), |n| at + n);
            Some(String::from_utf8_lossy(&data[start..end.min(at + 120)]).into_owned())
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/\\:._-+@".contains(&byte)
}

/// The directories that this machine's user would leak: the home directory and `root`.
pub fn private_directories(root: &Path) -> Vec<String> {
    let home = std::env::home_dir();
    [home.as_deref(), Some(root)]
        .into_iter()
        .flatten()
        .map(|path| format!("{}{}", path.display(), std::path::MAIN_SEPARATOR))
        .filter(|path| path.len() > 3)
        .collect()
}
