//! Keeps the linker's own symbols out of what the addon exports.
//!
//! Neon collects its items in sections of their own (crate `linkme`). LLD exports the symbols that bound
//! such sections whatever the version script says, unless one reference to them is hidden: this is that
//! reference, in a section that the linker leaves out (flag `e`, exclude).

#[cfg(target_os = "linux")]
macro_rules! hide {
    ($address:literal) => {
        std::arch::global_asm!(
            ".pushsection .discard.section_bounds, \"e\"",
            ".irp section, linkme_MAIN, linkme_EXPORTS, linkm2_MAIN, linkm2_EXPORTS",
            ".hidden __start_\\section",
            ".hidden __stop_\\section",
            concat!($address, " __start_\\section"),
            concat!($address, " __stop_\\section"),
            ".endr",
            ".popsection",
        );
    };
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
hide!(".quad");
#[cfg(all(target_os = "linux", target_pointer_width = "32"))]
hide!(".long");
