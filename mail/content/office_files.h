#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/content/kind.h"

namespace majlis::mail {

struct OfficeFile {
  Kind kind;
  bool has_macros = false;
  bool can_be_listed = true;  // false: what it holds is encrypted, or it is a letter with attachments of its own
};

// An OLE compound file ([MS-CFB]: Office until 2003, MSI, Outlook) by the names in its directory. They are looked for
// wherever a directory can stand, so a damaged file hides nothing.
OfficeFile read_ole(std::string_view octets);

// What a ZIP archive says of itself: its names, and what stands in the files that tell what it is.
struct Package {
  std::vector<std::string> names;
  std::string content_types;  // [Content_Types].xml
  std::string mimetype;       // mimetype

  // Where the content of the file of that name belongs; nullptr: nowhere.
  std::string* place_for(std::string_view name);
};

// Office since 2007, OpenDocument, EPUB, JAR, APK; else Kind::zip.
OfficeFile office_file_of(const Package& package);

// Whether an SVG picture has script: elements, event attributes, addresses that run, other documents in it, entities
// that could hide any of these.
bool svg_has_script(std::string_view octets);

}  // namespace majlis::mail
