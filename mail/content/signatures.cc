#include "mail/content/signatures.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

using namespace std::string_view_literals;

// A signature of letters alone is no sign in what reads as text: there the words may be anybody's.
enum class In { binary, anything };

struct Signature {
  Kind kind;
  std::size_t offset;
  std::string_view octets;
  In in = In::anything;
  std::size_t more_at = 0;  // a second sign, where more_octets are not empty
  std::string_view more_octets = {};
};

constexpr std::array kSignatures = {
    // to refuse
    Signature{Kind::pe, 0, "MZ"sv, In::binary},
    Signature{Kind::pe, 0, "ZM"sv, In::binary},
    Signature{Kind::elf, 0,
              "\x7F"
              "ELF"sv},
    Signature{Kind::mach_o, 0, "\xFE\xED\xFA\xCE"sv},
    Signature{Kind::mach_o, 0, "\xFE\xED\xFA\xCF"sv},
    Signature{Kind::mach_o, 0, "\xCE\xFA\xED\xFE"sv},
    Signature{Kind::mach_o, 0, "\xCF\xFA\xED\xFE"sv},
    Signature{Kind::java_class, 0, "\xCA\xFE\xBA\xBE"sv},  // and Mach-O for several machines
    Signature{Kind::java_class, 0, "\xCA\xFE\xD0\x0D"sv},
    Signature{Kind::dalvik, 0, "dex\n0"sv},
    Signature{Kind::web_assembly, 0, "\0asm"sv},
    Signature{Kind::flash, 0, "FWS"sv, In::binary},
    Signature{Kind::flash, 0, "CWS"sv, In::binary},
    Signature{Kind::flash, 0, "ZWS"sv, In::binary},
    Signature{Kind::com_program, 0, "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"sv},
    Signature{Kind::bitcode, 0, "BC\xC0\xDE"sv},
    Signature{Kind::compressed_program, 0, "SZDD\x88\xF0\x27\x33"sv},
    Signature{Kind::compressed_program, 0, "KWAJ\x88\xF0\x27\xD1"sv},
    Signature{Kind::deb, 0, "!<arch>\n"sv},
    Signature{Kind::rpm, 0, "\xED\xAB\xEE\xDB"sv},
    Signature{Kind::xar, 0, "xar!"sv, In::binary},
    Signature{Kind::browser_extension, 0, "Cr24"sv, In::binary},
    Signature{Kind::encoded_script, 0, "#@~^"sv},
    Signature{Kind::compiled_script, 0, "\x1BLua"sv},
    Signature{Kind::compiled_script, 2, "\x0D\x0A\0\0"sv},  // Python 3, behind the number of its version
    Signature{Kind::compiled_script, 0, "FasdUAS "sv},
    Signature{Kind::lnk, 0, "\x4C\0\0\0\x01\x14\x02\0"sv},
    Signature{Kind::compiled_help, 0, "ITSF"sv, In::binary},
    Signature{Kind::old_help, 0, "?_\x03\0"sv},
    Signature{Kind::one_note, 0, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3"sv},
    Signature{Kind::one_note, 0, "\xA1\x2F\xFF\x43\xD9\xEF\x76\x4C\x9E\xE2\x10\xEA\x57\x22\x76\x5F"sv},
    Signature{Kind::access_database, 4, "Standard Jet DB"sv},
    Signature{Kind::access_database, 4, "Standard ACE DB"sv},
    Signature{Kind::iso_image, 32769, "CD001"sv},
    Signature{Kind::iso_image, 34817, "CD001"sv},
    Signature{Kind::iso_image, 32769, "BEA01"sv},
    Signature{Kind::virtual_disk, 0, "conectix"sv, In::binary},
    Signature{Kind::virtual_disk, 0, "vhdxfile"sv, In::binary},
    Signature{Kind::virtual_disk, 0, "KDMV"sv, In::binary},
    Signature{Kind::wim, 0, "MSWIM\0\0\0"sv},
    Signature{Kind::squashfs, 0, "hsqs"sv, In::binary},
    // what can or cannot be listed
    Signature{Kind::zip, 0, "PK\x03\x04"sv},
    Signature{Kind::zip, 0, "PK\x05\x06"sv},
    Signature{Kind::zip, 0, "PK\x07\x08"sv},
    Signature{Kind::tar, 257, "ustar"sv},
    Signature{Kind::gzip, 0, "\x1F\x8B"sv},
    Signature{Kind::seven_zip, 0, "7z\xBC\xAF\x27\x1C"sv},
    Signature{Kind::rar, 0, "Rar!\x1A\x07"sv},
    Signature{Kind::rar, 0, "RE~^"sv, In::binary},
    Signature{Kind::cabinet, 0, "MSCF"sv, In::binary},
    Signature{Kind::cabinet, 0, "ISc("sv, In::binary},
    Signature{Kind::arj, 0, "\x60\xEA"sv, In::binary},
    Signature{Kind::ace, 7, "**ACE**"sv, In::binary},
    Signature{Kind::lha, 2, "-lh"sv, In::binary, 6, "-"sv},
    Signature{Kind::lha, 2, "-lz"sv, In::binary, 6, "-"sv},
    Signature{Kind::bzip2, 0, "BZh"sv, In::anything, 4, "1AY&SY"sv},
    Signature{Kind::bzip2, 0, "BZh"sv, In::anything, 4, "\x17\x72\x45\x38\x50\x90"sv},
    Signature{Kind::xz, 0,
              "\xFD"
              "7zXZ\0"sv},
    Signature{Kind::zstandard, 0, "\x28\xB5\x2F\xFD"sv},
    Signature{Kind::lz4, 0, "\x04\x22\x4D\x18"sv},
    Signature{Kind::unix_compress, 0, "\x1F\x9D"sv},
    Signature{Kind::unix_compress, 0, "\x1F\xA0"sv},
    Signature{Kind::tnef, 0, "\x78\x9F\x3E\x22"sv},
    // to allow
    Signature{Kind::pdf, 0, "%PDF-"sv},
    Signature{Kind::rtf, 0, "{\\rt"sv},
    Signature{Kind::postscript, 0, "%!PS"sv},
    Signature{Kind::ole, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv},
    Signature{Kind::png, 0, "\x89PNG\r\n\x1A\n"sv},
    Signature{Kind::jpeg, 0, "\xFF\xD8\xFF"sv},
    Signature{Kind::gif, 0, "GIF87a"sv, In::binary},
    Signature{Kind::gif, 0, "GIF89a"sv, In::binary},
    Signature{Kind::webp, 0, "RIFF"sv, In::binary, 8, "WEBP"sv},
    Signature{Kind::tiff, 0, "II*\0"sv},
    Signature{Kind::tiff, 0, "MM\0*"sv},
    Signature{Kind::bmp, 0, "BM"sv, In::binary, 6, "\0\0\0\0"sv},
    Signature{Kind::icon, 0, "\0\0\x01\0"sv},
    Signature{Kind::mpeg_audio, 0, "ID3"sv, In::binary},
    Signature{Kind::mpeg_audio, 0, "\xFF\xFB"sv},
    Signature{Kind::mpeg_audio, 0, "\xFF\xFA"sv},
    Signature{Kind::mpeg_audio, 0, "\xFF\xF3"sv},
    Signature{Kind::mpeg_audio, 0, "\xFF\xF2"sv},
    Signature{Kind::ogg, 0, "OggS"sv, In::binary},
    Signature{Kind::wave, 0, "RIFF"sv, In::binary, 8, "WAVE"sv},
    Signature{Kind::avi, 0, "RIFF"sv, In::binary, 8, "AVI "sv},
    Signature{Kind::flac, 0, "fLaC"sv, In::binary},
    Signature{Kind::heif, 4, "ftyphei"sv},
    Signature{Kind::heif, 4, "ftyphev"sv},
    Signature{Kind::heif, 4, "ftypmif1"sv},
    Signature{Kind::heif, 4, "ftypavif"sv},
    Signature{Kind::mp4, 4, "ftypisom"sv},
    Signature{Kind::mp4, 4, "ftypiso2"sv},
    Signature{Kind::mp4, 4, "ftypiso4"sv},
    Signature{Kind::mp4, 4, "ftypiso5"sv},
    Signature{Kind::mp4, 4, "ftypiso6"sv},
    Signature{Kind::mp4, 4, "ftypmp4"sv},
    Signature{Kind::mp4, 4, "ftypM4"sv},
    Signature{Kind::mp4, 4, "ftypqt  "sv},
    Signature{Kind::mp4, 4, "ftyp3g"sv},
    Signature{Kind::mp4, 4, "ftypavc1"sv},
    Signature{Kind::mp4, 4, "ftypdash"sv},
    Signature{Kind::matroska, 0, "\x1A\x45\xDF\xA3"sv},
};

// How a text begins behind blanks and a byte order mark, lower case.
struct Beginning {
  Kind kind;
  std::string_view words;
};
constexpr std::array kBeginnings = {
    Beginning{Kind::shell_script, "#!"},
    Beginning{Kind::batch, "@echo off"},
    Beginning{Kind::batch, "echo off"},
    Beginning{Kind::script_host, "<job"},
    Beginning{Kind::script_host, "<package"},
    Beginning{Kind::script_host, "<component"},
    Beginning{Kind::script_host, "<scriptlet"},
    Beginning{Kind::html_application, "<hta:application"},
    Beginning{Kind::php, "<?php"},
    Beginning{Kind::registry, "windows registry editor"},
    Beginning{Kind::registry, "regedit4"},
    Beginning{Kind::internet_shortcut, "[internetshortcut]"},
    Beginning{Kind::internet_shortcut, "[{000214a0-0000-0000-c000-000000000046}]"},
    Beginning{Kind::desktop_entry, "[desktop entry]"},
    Beginning{Kind::html, "<!doctype html"},
    Beginning{Kind::html, "<html"},
    Beginning{Kind::html, "<head"},
    Beginning{Kind::html, "<body"},
    Beginning{Kind::html, "<script"},
    Beginning{Kind::html, "<iframe"},
    Beginning{Kind::html, "<meta"},
    Beginning{Kind::html, "<title"},
    Beginning{Kind::svg, "<svg"},
    Beginning{Kind::svg, "<!doctype svg"},
};

// At these many octets from its end.
struct Ending {
  Kind kind;
  std::size_t from_end;
  std::string_view octets;
};
constexpr std::array kEndings = {
    Ending{Kind::mac_disk, 512, "koly"},
    Ending{Kind::virtual_disk, 512, "conectix"},
};

constexpr std::size_t kPdfWithin = 1024;      // readers look so far for its head
constexpr std::size_t kTextBeginning = 4096;  // octets of a text that are looked at for how it begins
constexpr std::size_t kXmlWithin = 1024;      // of these, for the element behind declarations and comments

bool stands_at(std::string_view octets, std::size_t at, std::string_view what) {
  return at <= octets.size() && octets.substr(at).starts_with(what);
}

bool is_text_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  constexpr std::string_view kControls = "\t\n\r\f\b\x1B\x1A";  // ESC: ISO-2022-JP; SUB: DOS ends a text so
  return octet >= 0x20 ? octet != 0x7F : kControls.find(c) != std::string_view::npos;
}

bool has_utf16_mark(std::string_view octets) {
  return octets.starts_with("\xFF\xFE"sv) || octets.starts_with("\xFE\xFF"sv);
}

// NULs are half of it; other controls stand in no text.
bool is_utf16_text(std::string_view octets) {
  return has_utf16_mark(octets) && octets.size() % 2 == 0 && std::all_of(octets.begin(), octets.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 ? c == '\0' || is_text_octet(c) : true;
         });
}

void add(std::vector<Kind>& kinds, Kind kind) {
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
}

std::string beginning_of(std::string_view octets) {
  std::string text(octets.substr(0, kTextBeginning));
  if (has_utf16_mark(octets)) {
    text = to_utf8(text, octets.front() == '\xFF' ? "utf-16le" : "utf-16be");
  }
  std::string_view rest(text);
  while (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  rest = trim(rest);
  return to_lower_ascii(rest);
}

void add_beginnings(std::string_view octets, std::vector<Kind>& kinds) {
  const std::string text = beginning_of(octets);
  const auto begins = [&](std::string_view words) {
    if (text.starts_with(words)) return true;
    const bool is_xml = text.starts_with("<?xml") || text.starts_with("<!--");
    return is_xml && words.starts_with('<') && text.substr(0, kXmlWithin).find(words) != std::string::npos;
  };
  for (const Beginning& each : kBeginnings) {
    if (begins(each.words)) add(kinds, each.kind);
  }
  if (text.starts_with("<") && text.find("<hta:application") != std::string::npos) add(kinds, Kind::html_application);
}

}  // namespace

bool is_text(std::string_view octets) {
  return std::all_of(octets.begin(), octets.end(), is_text_octet) || is_utf16_text(octets);
}

std::vector<Kind> kinds_of(std::string_view octets) {
  std::vector<Kind> kinds;
  const bool is_all_text = is_text(octets);
  for (const Signature& each : kSignatures) {
    if (each.in == In::binary && is_all_text) continue;
    if (stands_at(octets, each.offset, each.octets) && stands_at(octets, each.more_at, each.more_octets)) {
      add(kinds, each.kind);
    }
  }
  for (const Ending& each : kEndings) {
    if (octets.size() >= each.from_end && stands_at(octets, octets.size() - each.from_end, each.octets)) {
      add(kinds, each.kind);
    }
  }
  if (kinds.empty() && octets.substr(0, kPdfWithin).find("%PDF-") != std::string_view::npos) add(kinds, Kind::pdf);
  if (is_all_text) {
    add_beginnings(octets, kinds);
    if (kinds.empty()) add(kinds, Kind::text);
  }
  if (kinds.empty()) add(kinds, Kind::unknown);
  return kinds;
}

}  // namespace majlis::mail
