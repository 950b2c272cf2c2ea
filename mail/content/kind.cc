#include "mail/content/kind.h"

#include <algorithm>
#include <array>

namespace majlis::mail {
namespace {

constexpr std::array kKinds = {
    // programs
    KindRow{Kind::pe, "PE",
            "application/vnd.microsoft.portable-executable application/x-msdownload application/x-msdos-program "
            "application/x-dosexec application/x-winexe application/exe application/x-exe",
            "exe dll scr com cpl sys ocx pif drv"},
    KindRow{Kind::elf, "ELF", "application/x-executable application/x-elf application/x-sharedlib", "elf so run bin"},
    KindRow{Kind::mach_o, "Mach-O", "application/x-mach-binary", "macho dylib app"},
    KindRow{Kind::java_class, "Java class", "application/java-vm application/x-java-class", "class"},
    KindRow{Kind::jar, "JAR", "application/java-archive application/x-java-archive", "jar"},
    KindRow{Kind::android, "APK", "application/vnd.android.package-archive", "apk"},
    KindRow{Kind::dalvik, "DEX", "application/x-dex", "dex"},
    KindRow{Kind::web_assembly, "WebAssembly", "application/wasm", "wasm"},
    KindRow{Kind::flash, "SWF", "application/x-shockwave-flash application/vnd.adobe.flash.movie", "swf"},
    KindRow{Kind::com_program, "COM", "application/x-com", "com"},
    KindRow{Kind::bitcode, "LLVM bitcode", "application/x-llvm", "bc"},
    KindRow{Kind::compressed_program, "SZDD", "application/x-ms-compress", "ex_ dl_"},
    // installers and packages
    KindRow{Kind::msi, "MSI", "application/x-msi application/x-ms-installer", "msi msp mst"},
    KindRow{Kind::deb, "DEB", "application/vnd.debian.binary-package application/x-debian-package", "deb"},
    KindRow{Kind::rpm, "RPM", "application/x-rpm application/x-redhat-package-manager", "rpm"},
    KindRow{Kind::xar, "XAR", "application/x-xar application/vnd.apple.installer+xml", "pkg mpkg xar"},
    KindRow{Kind::browser_extension, "CRX", "application/x-chrome-extension", "crx xpi"},
    // scripts and macros
    KindRow{Kind::shell_script, "#!", "application/x-sh application/x-shellscript text/x-sh text/x-shellscript",
            "sh bash csh ksh zsh command"},
    KindRow{Kind::batch, "BAT", "application/x-bat application/bat text/x-bat text/x-msdos-batch", "bat cmd"},
    KindRow{Kind::power_shell, "PowerShell", "application/x-powershell text/x-powershell", "ps1 psm1 psd1 ps1xml"},
    KindRow{Kind::java_script, "JavaScript",
            "text/javascript application/javascript application/x-javascript application/ecmascript text/ecmascript",
            "js jse mjs"},
    KindRow{Kind::visual_basic, "VBScript", "text/vbscript application/x-vbs text/vbs", "vbs vb vbe"},
    KindRow{Kind::encoded_script, "JSE", "application/x-encoded-script", "jse vbe"},
    KindRow{Kind::script_host, "WSF", "application/x-wsf text/scriptlet", "wsf wsc sct ws wsh"},
    KindRow{Kind::html_application, "HTA", "application/hta", "hta"},
    KindRow{Kind::php, "PHP", "application/x-php application/x-httpd-php text/x-php", "php phtml"},
    KindRow{Kind::python, "Python", "text/x-python application/x-python text/x-script.python", "py pyw"},
    KindRow{Kind::perl, "Perl", "text/x-perl application/x-perl", "pl"},
    KindRow{Kind::ruby, "Ruby", "text/x-ruby application/x-ruby", "rb"},
    KindRow{Kind::compiled_script, "compiled script", "application/x-python-code application/x-lua-bytecode",
            "pyc pyo luac scpt"},
    KindRow{Kind::office_macros, "Office macros",
            "application/vnd.ms-word.document.macroenabled.12 application/vnd.ms-word.template.macroenabled.12 "
            "application/vnd.ms-excel.sheet.macroenabled.12 application/vnd.ms-excel.template.macroenabled.12 "
            "application/vnd.ms-excel.addin.macroenabled.12 application/vnd.ms-excel.sheet.binary.macroenabled.12 "
            "application/vnd.ms-powerpoint.presentation.macroenabled.12 "
            "application/vnd.ms-powerpoint.template.macroenabled.12 "
            "application/vnd.ms-powerpoint.slideshow.macroenabled.12 "
            "application/vnd.ms-powerpoint.addin.macroenabled.12",
            "docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam sldm"},
    KindRow{Kind::registry, "Windows Registry", "text/x-ms-regedit application/x-ms-registry", "reg"},
    // shortcuts, help and settings that run something
    KindRow{Kind::lnk, "LNK", "application/x-ms-shortcut", "lnk"},
    KindRow{Kind::internet_shortcut, "InternetShortcut", "application/internet-shortcut application/x-mswinurl",
            "url website"},
    KindRow{Kind::desktop_entry, "Desktop Entry", "application/x-desktop", "desktop"},
    KindRow{Kind::compiled_help, "CHM", "application/vnd.ms-htmlhelp application/x-chm", "chm"},
    KindRow{Kind::old_help, "HLP", "application/winhlp application/x-winhelp", "hlp"},
    KindRow{Kind::one_note, "OneNote", "application/onenote application/msonenote", "one onepkg"},
    KindRow{Kind::access_database, "Access", "application/x-msaccess application/msaccess application/vnd.ms-access",
            "mdb mde accdb accde ade adp"},
    // disks
    KindRow{Kind::iso_image, "ISO 9660", "application/x-iso9660-image application/vnd.efi.iso", "iso img"},
    KindRow{Kind::virtual_disk, "VHD", "application/x-vhd application/x-virtualbox-vhd", "vhd vhdx vmdk vdi"},
    KindRow{Kind::mac_disk, "DMG", "application/x-apple-diskimage", "dmg"},
    KindRow{Kind::wim, "WIM", "application/x-ms-wim", "wim"},
    KindRow{Kind::squashfs, "squashfs", "application/vnd.squashfs", "snap squashfs"},
    // archives
    KindRow{Kind::zip, "ZIP", "application/zip application/x-zip-compressed application/x-zip", "zip"},
    KindRow{Kind::tar, "TAR", "application/x-tar application/tar", "tar"},
    KindRow{Kind::gzip, "gzip", "application/gzip application/x-gzip application/x-compressed-tar", "gz tgz"},
    KindRow{Kind::seven_zip, "7z", "application/x-7z-compressed", "7z"},
    KindRow{Kind::rar, "RAR", "application/vnd.rar application/x-rar-compressed application/x-rar", "rar"},
    KindRow{Kind::cabinet, "CAB", "application/vnd.ms-cab-compressed application/x-cab", "cab"},
    KindRow{Kind::arj, "ARJ", "application/x-arj application/arj", "arj"},
    KindRow{Kind::ace, "ACE", "application/x-ace-compressed application/x-ace", "ace"},
    KindRow{Kind::lha, "LHA", "application/x-lzh-compressed application/x-lha", "lzh lha"},
    KindRow{Kind::bzip2, "bzip2", "application/x-bzip2 application/x-bzip", "bz2 tbz2"},
    KindRow{Kind::xz, "xz", "application/x-xz", "xz txz"},
    KindRow{Kind::zstandard, "zstd", "application/zstd", "zst"},
    KindRow{Kind::lz4, "LZ4", "application/x-lz4", "lz4"},
    KindRow{Kind::unix_compress, "compress", "application/x-compress", "z"},
    KindRow{Kind::tnef, "TNEF", "application/ms-tnef application/vnd.ms-tnef", ""},
    KindRow{Kind::encrypted_office, "encrypted Office", "application/x-ole-encrypted", ""},
    // documents
    KindRow{Kind::pdf, "PDF", "application/pdf application/x-pdf", "pdf"},
    KindRow{Kind::rtf, "RTF", "application/rtf text/rtf application/msword", "rtf"},
    KindRow{Kind::postscript, "PostScript", "application/postscript", "ps eps"},
    KindRow{Kind::word, "Word", "application/msword", "doc dot"},
    KindRow{Kind::excel, "Excel", "application/vnd.ms-excel application/msexcel", "xls xlt"},
    KindRow{Kind::power_point, "PowerPoint", "application/vnd.ms-powerpoint application/mspowerpoint", "ppt pps pot"},
    KindRow{Kind::outlook, "Outlook", "application/vnd.ms-outlook", "msg"},
    KindRow{Kind::ole, "OLE",
            "application/x-ole-storage application/msword application/vnd.ms-excel application/vnd.ms-powerpoint",
            "ole"},
    KindRow{Kind::word_2007, "Word",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "docx dotx"},
    KindRow{Kind::excel_2007, "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            "xlsx xltx"},
    KindRow{Kind::power_point_2007, "PowerPoint",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation "
            "application/vnd.openxmlformats-officedocument.presentationml.slideshow "
            "application/vnd.openxmlformats-officedocument.presentationml.template",
            "pptx ppsx potx"},
    KindRow{Kind::open_document, "OpenDocument",
            "application/vnd.oasis.opendocument.text application/vnd.oasis.opendocument.spreadsheet "
            "application/vnd.oasis.opendocument.presentation application/vnd.oasis.opendocument.graphics "
            "application/vnd.oasis.opendocument.chart application/vnd.oasis.opendocument.formula "
            "application/vnd.oasis.opendocument.text-template application/vnd.oasis.opendocument.spreadsheet-template "
            "application/vnd.oasis.opendocument.presentation-template",
            "odt ods odp odg odc odf ott ots otp"},
    KindRow{Kind::epub, "EPUB", "application/epub+zip", "epub"},
    // pictures, sound, film
    KindRow{Kind::png, "PNG", "image/png image/x-png", "png"},
    KindRow{Kind::jpeg, "JPEG", "image/jpeg image/jpg image/pjpeg", "jpg jpeg jpe jfif"},
    KindRow{Kind::gif, "GIF", "image/gif", "gif"},
    KindRow{Kind::webp, "WebP", "image/webp", "webp"},
    KindRow{Kind::tiff, "TIFF", "image/tiff", "tif tiff"},
    KindRow{Kind::bmp, "BMP", "image/bmp image/x-ms-bmp", "bmp dib"},
    KindRow{Kind::heif, "HEIF", "image/heic image/heif image/avif", "heic heif avif"},
    KindRow{Kind::icon, "ICO", "image/vnd.microsoft.icon image/x-icon", "ico"},
    KindRow{Kind::svg, "SVG", "image/svg+xml", "svg svgz"},
    KindRow{Kind::mpeg_audio, "MP3", "audio/mpeg audio/mp3 audio/x-mp3", "mp3"},
    KindRow{Kind::ogg, "Ogg", "audio/ogg video/ogg application/ogg", "ogg oga ogv opus"},
    KindRow{Kind::wave, "WAV", "audio/wav audio/x-wav audio/wave audio/vnd.wave", "wav"},
    KindRow{Kind::flac, "FLAC", "audio/flac audio/x-flac", "flac"},
    KindRow{Kind::mp4, "MP4", "video/mp4 audio/mp4 audio/x-m4a video/quicktime video/3gpp audio/3gpp",
            "mp4 m4a m4v mov 3gp"},
    KindRow{Kind::matroska, "Matroska", "video/webm audio/webm video/x-matroska", "webm mkv"},
    KindRow{Kind::avi, "AVI", "video/x-msvideo video/avi", "avi"},
    // text
    KindRow{Kind::html, "HTML", "text/html application/xhtml+xml", "html htm xhtml"},
    KindRow{Kind::csv, "CSV", "text/csv text/tab-separated-values", "csv tsv", Shows::text},
    KindRow{Kind::calendar, "iCalendar", "text/calendar", "ics", Shows::text},
    KindRow{Kind::vcard, "vCard", "text/vcard text/x-vcard text/directory", "vcf", Shows::text},
    KindRow{Kind::patch, "diff", "text/x-patch text/x-diff", "patch diff", Shows::text},
    KindRow{Kind::json, "JSON", "application/json", "json", Shows::text},
    KindRow{Kind::xml, "XML", "application/xml text/xml", "xml", Shows::text},
    KindRow{Kind::markdown, "Markdown", "text/markdown", "md", Shows::text},
    KindRow{Kind::key, "OpenPGP", "application/pgp-keys application/pgp-signature", "asc sig", Shows::text},
    KindRow{Kind::text, "text", "text/plain", "txt text log", Shows::text},
    KindRow{Kind::unknown, "?", "application/octet-stream", ""},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i].kind != static_cast<Kind>(i)) return false;
  }
  return kKinds.size() == static_cast<std::size_t>(Kind::unknown) + 1;
}
static_assert(is_in_order());

}  // namespace

std::span<const KindRow> kind_table() { return kKinds; }

const KindRow& row_of(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

bool has_word(std::string_view words, std::string_view word) {
  if (word.empty()) return false;
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

}  // namespace majlis::mail
