#include "mail/content/office_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/content/octet_reader.h"

namespace majlis::mail {
namespace {

using namespace std::string_view_literals;

// [MS-CFB] 2.6: an entry of 128 octets; sectors are multiples of that, so each stands at one.
constexpr std::size_t kOleEntry = 128;
constexpr std::size_t kOleNameOctets = 64;
constexpr std::size_t kOleNameSizeAt = 64;
constexpr std::size_t kOleTypeAt = 66;
constexpr std::size_t kOleClassAt = 80;
constexpr char kStorage = 1;
constexpr char kStream = 2;
constexpr char kRoot = 5;

constexpr std::string_view kInstallerClass = "\x84\x10\x0C\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"sv;  // packages
constexpr std::string_view kPatchClass = "\x86\x10\x0C\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"sv;

enum class Means { kind, macros, closed };

struct OleName {
  std::string_view name;  // lower case; as a beginning where it ends in '*'
  Means means;
  Kind kind = Kind::ole;
};
constexpr std::array kOleNames = {
    OleName{"worddocument", Means::kind, Kind::word},
    OleName{"workbook", Means::kind, Kind::excel},
    OleName{"book", Means::kind, Kind::excel},
    OleName{"powerpoint document", Means::kind, Kind::power_point},
    OleName{"__properties_version1.0", Means::kind, Kind::outlook},
    OleName{"_vba_project", Means::macros},
    OleName{"_vba_project_cur", Means::macros},
    OleName{"vba", Means::macros},
    OleName{"macros", Means::macros},
    OleName{"encryptedpackage", Means::closed, Kind::encrypted_office},
    OleName{"__attach_version1.0*", Means::closed, Kind::outlook},
};

// The name of a directory entry that may stand there, lower case; "" when none does.
std::string ole_name_at(std::string_view entry) {
  const std::size_t size = u16(entry, kOleNameSizeAt);
  const char type = entry[kOleTypeAt];
  if (size < 4 || size > kOleNameOctets || size % 2 != 0) return {};
  if (type != kStorage && type != kStream && type != kRoot) return {};
  std::string name;
  for (std::size_t i = 0; i + 2 < size; i += 2) {
    if (entry[i + 1] != '\0') return {};
    name += entry[i];
  }
  return to_lower_ascii(name);
}

void take_ole_name(const std::string& name, std::string_view entry, OfficeFile& file) {
  if (entry[kOleTypeAt] == kRoot) {
    const std::string_view id = entry.substr(kOleClassAt, kInstallerClass.size());
    if (id == kInstallerClass || id == kPatchClass) file.kind = Kind::msi;
    return;
  }
  for (const OleName& each : kOleNames) {
    const bool is_beginning = each.name.ends_with('*');
    if (is_beginning ? !name.starts_with(each.name.substr(0, each.name.size() - 1)) : name != each.name) continue;
    if (each.means == Means::macros) file.has_macros = true;
    if (each.means == Means::closed) file.can_be_listed = false;
    if (each.kind != Kind::ole && file.kind != Kind::msi) file.kind = each.kind;
  }
}

struct ZipName {
  std::string_view beginning;  // of a name, lower case
  Kind kind;
};
constexpr std::array kZipNames = {
    ZipName{"word/", Kind::word_2007},
    ZipName{"xl/", Kind::excel_2007},
    ZipName{"ppt/", Kind::power_point_2007},
};

constexpr std::array<std::string_view, 4> kMacroContentTypes = {"macroenabled", "vbaproject", "macrosheet",
                                                                "vnd.ms-office.activex"};

std::string plain_path(std::string_view name) {
  std::string path = to_lower_ascii(name);
  std::replace(path.begin(), path.end(), '\\', '/');
  while (path.starts_with('/')) path.erase(0, 1);
  return path;
}

bool is_macro_path(Kind kind, const std::string& path) {
  if (kind == Kind::open_document) {
    return (path.starts_with("basic/") || path.starts_with("scripts/")) && !path.ends_with('/');
  }
  return path.ends_with("vbaproject.bin") || path.find("macrosheets/") != std::string::npos ||
         path.find("activex/activex") != std::string::npos;
}

Kind kind_of_package(const std::vector<std::string>& paths, std::string_view content_types) {
  if (!content_types.empty()) {
    for (const ZipName& each : kZipNames) {
      const auto begins = [&](const std::string& path) { return path.starts_with(each.beginning); };
      if (std::any_of(paths.begin(), paths.end(), begins)) return each.kind;
    }
  }
  const auto has = [&](std::string_view path) { return std::find(paths.begin(), paths.end(), path) != paths.end(); };
  if (has("androidmanifest.xml") || has("classes.dex")) return Kind::android;
  return has("meta-inf/manifest.mf") ? Kind::jar : Kind::zip;
}

// ASCII in lower case, of UTF-16 as well: what matters in markup is ASCII.
std::string plain_markup(std::string_view octets) {
  std::string text;
  std::copy_if(octets.begin(), octets.end(), std::back_inserter(text), [](char c) { return c != '\0'; });
  return to_lower_ascii(text);
}

bool is_name_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
}

// An attribute "on...=": letters behind what ends a name.
bool has_event_attribute(std::string_view text) {
  for (std::size_t at = text.find("on"); at != std::string_view::npos; at = text.find("on", at + 1)) {
    if (at == 0 || is_name_octet(text[at - 1])) continue;
    std::size_t end = at;
    while (end < text.size() && is_name_octet(text[end])) ++end;
    while (end < text.size() && (is_blank(text[end]) || text[end] == '\r' || text[end] == '\n')) ++end;
    if (end < text.size() && text[end] == '=' && end > at + 3) return true;
  }
  return false;
}

// An element of that name, with any prefix.
bool has_element(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end < text.size() && is_name_octet(text[end])) continue;
    std::size_t begin = at;
    if (begin > 0 && text[begin - 1] == ':') {
      --begin;
      while (begin > 0 && is_name_octet(text[begin - 1])) --begin;
    }
    if (begin > 0 && text[begin - 1] == '<') return true;
  }
  return false;
}

constexpr std::array<std::string_view, 7> kActiveElements = {"script", "foreignobject", "iframe",  "embed",
                                                             "object", "handler",       "listener"};
// A value of these cannot be read without decoding it: a colon may be a reference.
constexpr std::array<std::string_view, 7> kActiveWords = {"javascript", "vbscript",       "<!entity",      "data:text",
                                                          "&#",         "data:image/svg", "xml-stylesheet"};

bool animates_event(std::string_view text) {
  for (std::size_t at = text.find("attributename"); at != std::string_view::npos;
       at = text.find("attributename", at + 1)) {
    const std::size_t value = text.find_first_not_of(" \t\r\n=\"'", at + 13);
    if (value == std::string_view::npos) return false;
    if (text.substr(value).starts_with("on") || text.substr(value, 20).find("href") != std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace

OfficeFile read_ole(std::string_view octets) {
  OfficeFile file{Kind::ole};
  for (std::size_t at = 0; at + kOleEntry <= octets.size(); at += kOleEntry) {
    const std::string_view entry = octets.substr(at, kOleEntry);
    const std::string name = ole_name_at(entry);
    if (!name.empty()) take_ole_name(name, entry, file);
  }
  return file;
}

std::string* Package::place_for(std::string_view name) {
  const std::string path = plain_path(name);
  if (path == "[content_types].xml") return &content_types;
  return path == "mimetype" ? &mimetype : nullptr;
}

OfficeFile office_file_of(const Package& package) {
  std::vector<std::string> paths;
  std::transform(package.names.begin(), package.names.end(), std::back_inserter(paths), plain_path);
  OfficeFile file{kind_of_package(paths, package.content_types)};
  if (package.mimetype.starts_with("application/vnd.oasis.opendocument.")) file.kind = Kind::open_document;
  if (package.mimetype.starts_with("application/epub+zip")) file.kind = Kind::epub;
  const std::string types = to_lower_ascii(package.content_types);
  const auto says = [&](std::string_view word) { return types.find(word) != std::string::npos; };
  const auto is_macro = [&](const std::string& path) { return is_macro_path(file.kind, path); };
  file.has_macros = std::any_of(paths.begin(), paths.end(), is_macro) ||
                    std::any_of(kMacroContentTypes.begin(), kMacroContentTypes.end(), says);
  return file;
}

bool svg_has_script(std::string_view octets) {
  const std::string text = plain_markup(octets);
  return has_event_attribute(text) || animates_event(text) ||
         std::any_of(kActiveElements.begin(), kActiveElements.end(),
                     [&](std::string_view name) { return has_element(text, name); }) ||
         std::any_of(kActiveWords.begin(), kActiveWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

}  // namespace majlis::mail
