#pragma once

#include <span>
#include <string_view>

namespace majlis::mail {

// Kinds of content that a policy can tell apart.
enum class Kind {
  // programs
  pe,
  elf,
  mach_o,
  java_class,
  jar,
  android,
  dalvik,
  web_assembly,
  flash,
  com_program,
  bitcode,
  compressed_program,
  // installers and packages
  msi,
  deb,
  rpm,
  xar,
  browser_extension,
  // scripts and macros
  shell_script,
  batch,
  power_shell,
  java_script,
  visual_basic,
  encoded_script,
  script_host,
  html_application,
  php,
  python,
  perl,
  ruby,
  compiled_script,
  office_macros,
  registry,
  // shortcuts, help and settings that run something
  lnk,
  internet_shortcut,
  desktop_entry,
  compiled_help,
  old_help,
  one_note,
  access_database,
  // disks
  iso_image,
  virtual_disk,
  mac_disk,
  wim,
  squashfs,
  // archives
  zip,
  tar,
  gzip,
  seven_zip,
  rar,
  cabinet,
  arj,
  ace,
  lha,
  bzip2,
  xz,
  zstandard,
  lz4,
  unix_compress,
  tnef,
  encrypted_office,
  // documents
  pdf,
  rtf,
  postscript,
  word,
  excel,
  power_point,
  outlook,
  ole,
  word_2007,
  excel_2007,
  power_point_2007,
  open_document,
  epub,
  // pictures, sound, film
  png,
  jpeg,
  gif,
  webp,
  tiff,
  bmp,
  heif,
  icon,
  svg,
  mpeg_audio,
  ogg,
  wave,
  flac,
  mp4,
  matroska,
  avi,
  // text
  html,
  csv,
  calendar,
  vcard,
  patch,
  json,
  xml,
  markdown,
  key,
  text,
  unknown,  // octets that no row of the signatures knows, and no text
};

// How the octets of a kind are recognised.
enum class Shows {
  signature,  // by mail/content/signatures.h or what its archive holds; octets without it are not of this kind
  text,       // it is text
};

struct KindRow {
  Kind kind;
  std::string_view word;     // a term of the field, the same in every language
  std::string_view types;    // media types it is sent under, lower case, with blanks between them
  std::string_view endings;  // of its files' names, without dot, likewise
  Shows shows = Shows::signature;
};

// In the order of the enumeration.
std::span<const KindRow> kind_table();
const KindRow& row_of(Kind kind);

// Whether `word` is one of a row's words with blanks between them.
bool has_word(std::string_view words, std::string_view word);

}  // namespace majlis::mail
