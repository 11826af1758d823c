//! The order of the source: no circle of files, and no import from a floor above.
//!
//! A file imports those whose items its code names, through whatever `mod.rs` hands them on. Code under `cfg(test)` is free.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, Token, UseTree, Visibility};

/// From the bottom up; a file of the topmost floor may import from all of it.
const FLOORS: [&[&str]; 7] = [
    &["simd"],
    &["run"],
    &["arith"],
    &["radix", "hex"],
    &["verify"],
    &["chudnovsky", "spigot"],
    &["estimate", "growth", "admission", "digits", "stream", "fuzzing", "lib"],
];

/// A module: its file, what it defines, what it imports, and what is inside it.
#[derive(Default)]
struct Module {
    file: String,
    defined: BTreeSet<String>,
    imports: HashMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
    children: BTreeSet<String>,
    /// Paths in its code, and imports that it does not hand on.
    used: Vec<Vec<String>>,
}

/// By path from the crate's root.
type Modules = BTreeMap<Vec<String>, Module>;

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute.parse_args::<syn::Path>().is_ok_and(|cfg| cfg.is_ident("test"))
    })
}

/// Reads a file's module and those in it.
fn read(source: &Path, file: &Path, path: Vec<String>, modules: &mut Modules) {
    let text =
        fs::read_to_string(source.join(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())).items;
    let folder = match file.file_stem().and_then(|stem| stem.to_str()) {
        Some("lib" | "mod") => file.parent().unwrap_or(Path::new("")).to_owned(),
        _ => file.with_extension(""),
    };
    scan(source, file, &folder, items, path, modules);
}

fn scan(
    source: &Path,
    file: &Path,
    folder: &Path,
    items: Vec<Item>,
    path: Vec<String>,
    modules: &mut Modules,
) {
    let mut module = Module { file: file.display().to_string(), ..Module::default() };
    for item in items {
        let name = match &item {
            Item::Mod(item) if is_test(&item.attrs) => continue,
            Item::Use(item) if is_test(&item.attrs) => continue,
            Item::Mod(item) => {
                let name = item.ident.to_string();
                let inside = [&path[..], std::slice::from_ref(&name)].concat();
                if let Some((_, items)) = &item.content {
                    scan(source, file, &folder.join(&name), items.clone(), inside, modules);
                } else {
                    let own = folder.join(format!("{name}.rs"));
                    let own =
                        if source.join(&own).exists() { own } else { folder.join(&name).join("mod.rs") };
                    read(source, &own, inside, modules);
                }
                module.children.insert(name);
                continue;
            }
            Item::Use(item) => {
                let handed_on = !matches!(item.vis, Visibility::Inherited);
                import(&item.tree, &mut Vec::new(), handed_on, &mut module);
                continue;
            }
            Item::Const(item) => Some(&item.ident),
            Item::Static(item) => Some(&item.ident),
            Item::Fn(item) if is_test(&item.attrs) => continue,
            Item::Fn(item) => Some(&item.sig.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            Item::Macro(item) => item.ident.as_ref(),
            _ => None,
        };
        module.defined.extend(name.map(ToString::to_string));
        module.visit_item(&item);
    }
    modules.insert(path, module);
}

fn import(tree: &UseTree, path: &mut Vec<String>, handed_on: bool, module: &mut Module) {
    match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            import(&tree.tree, path, handed_on, module);
            path.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| import(tree, path, handed_on, module)),
        UseTree::Glob(_) => module.globs.push(path.clone()),
        UseTree::Name(tree) => module.import(path, &tree.ident.to_string(), None, handed_on),
        UseTree::Rename(tree) => {
            module.import(path, &tree.ident.to_string(), Some(tree.rename.to_string()), handed_on);
        }
    }
}

impl Module {
    fn import(&mut self, path: &[String], item: &str, renamed: Option<String>, handed_on: bool) {
        let mut whole = path.to_vec();
        if item != "self" {
            whole.push(item.to_owned());
        }
        let name = renamed.or_else(|| whole.last().cloned()).expect("a name");
        if !handed_on {
            self.used.push(whole.clone());
        }
        self.imports.insert(name, whole);
    }
}

impl Visit<'_> for Module {
    fn visit_path(&mut self, path: &syn::Path) {
        self.used.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    /// Arguments of macros, where they are expressions.
    fn visit_macro(&mut self, call: &syn::Macro) {
        let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        for argument in arguments.into_iter().flatten() {
            Module::visit_expr(self, &argument);
        }
        visit::visit_macro(self, call);
    }

    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }
}

/// The file that defines the item which a path leads to from a module.
fn defining<'a>(modules: &'a Modules, from: &[String], path: &[String], depth: usize) -> Option<&'a str> {
    let (mut at, mut rest) = (from.to_vec(), path);
    match rest.split_first()? {
        _ if depth == 0 => return None,
        (first, after) if first == "crate" => (at, rest) = (Vec::new(), after),
        (first, after) if first == "self" => rest = after,
        _ => {}
    }
    while let Some((first, after)) = rest.split_first() {
        let module = modules.get(&at)?;
        if first == "super" {
            at.pop();
        } else if module.children.contains(first) {
            at.push(first.clone());
        } else if module.defined.contains(first) {
            return Some(&module.file);
        } else if let Some(import) = module.imports.get(first) {
            return defining(modules, &at, &[&import[..], after].concat(), depth - 1);
        } else {
            let all = |glob: &Vec<String>| defining(modules, &at, &[&glob[..], rest].concat(), depth - 1);
            return module.globs.iter().find_map(all);
        }
        rest = after;
    }
    None
}

/// Which file imports which.
fn imports(source: &Path) -> BTreeSet<(String, String)> {
    let mut modules = Modules::new();
    read(source, Path::new("lib.rs"), Vec::new(), &mut modules);
    let mut arrows = BTreeSet::new();
    for (path, module) in &modules {
        for used in &module.used {
            if let Some(file) = defining(&modules, path, used, 8).filter(|&file| file != module.file) {
                arrows.insert((module.file.clone(), file.to_owned()));
            }
        }
    }
    arrows
}

/// Files that import each other, directly or through others.
fn circles(arrows: &BTreeSet<(String, String)>) -> Vec<Vec<&str>> {
    let edges = arrows.iter().map(|(from, to)| (from.as_str(), to.as_str()));
    let components = tarjan_scc(&DiGraphMap::<_, ()>::from_edges(edges));
    components.into_iter().filter(|files| files.len() > 1).collect()
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pi/src")
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let arrows = imports(&source());
    assert!(arrows.len() > 200, "only {} imports were found", arrows.len());
    let told = circles(&arrows).into_iter().map(|files| {
        let inside = |(from, to): &&(String, String)| files.contains(&&from[..]) && files.contains(&&to[..]);
        let arrows = arrows.iter().filter(inside).map(|(from, to)| format!("  {from} -> {to}\n"));
        format!("circle:\n{}", arrows.collect::<String>())
    });
    let told: String = told.collect();
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn floors_import_from_below() {
    let floor = |file: &str| {
        let room = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
        let floor = FLOORS.iter().position(|rooms| rooms.contains(&room));
        floor.unwrap_or_else(|| panic!("{file} is on no floor"))
    };
    let arrows = imports(&source());
    let upward = arrows.iter().filter(|(from, to)| floor(from) < floor(to));
    assert_eq!(upward.collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}

/// A crate of these files, in a folder that is removed afterwards.
fn written(name: &str, files: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    for (file, text) in files {
        let file = folder.join(file);
        fs::create_dir_all(file.parent().expect("in a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    let arrows = imports(&folder);
    fs::remove_dir_all(folder).expect("the folder");
    arrows
}

#[test]
fn a_circle_through_what_is_handed_on_is_seen() {
    let arrows = written(
        "circle",
        &[
            ("lib.rs", "mod a; mod b; #[cfg(test)] mod tests { use super::a::one; }"),
            ("a.rs", "use crate::b::{self, Two as Three}; pub fn one() -> Three { b::two() }"),
            ("b/mod.rs", "mod inner; mod low; pub use inner::{Two, two};"),
            (
                "b/inner.rs",
                "pub struct Two; pub fn two() -> Two { super::super::a::one(); assert!(super::low::LOW > 0); Two }",
            ),
            ("b/low.rs", "pub const LOW: u8 = 1; #[cfg(test)] mod tests { use crate::a; }"),
        ],
    );
    let mut circles = circles(&arrows);
    circles.iter_mut().for_each(|files| files.sort_unstable());
    assert_eq!(circles, [["a.rs", "b/inner.rs"]]);
    assert!(arrows.contains(&("b/inner.rs".to_owned(), "b/low.rs".to_owned())));
    assert_eq!(arrows.len(), 3);
}
