#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::mail {

// RFC 2045 6.7, our own: LF and CRLF line ends are kept as LF; a bad escape stays as it is written.
std::string decode_quoted_printable(std::string_view body);
// RFC 2045 6.8: foreign octets skipped, reading stops at padding. `canonical`: nothing but the alphabet, blanks and
// line ends, the right padding, spare bits zero, nothing behind the padding; else other readers may see other octets.
std::string decode_base64(std::string_view body, bool* canonical = nullptr);
// Lines of `line_octets` with CRLF, the last one too; 0: one line without an end.
std::string encode_base64(std::string_view bytes, std::size_t line_octets = 76);
std::string encode_quoted_printable(std::string_view text);  // text with LF line ends, result with CRLF

// Undoes a Content-Transfer-Encoding by its (lower case) name; unknown names give the octets as they are.
std::string decode_transfer(std::string_view body, std::string_view encoding);

// CRLF and bare CR become LF.
std::string with_lf(std::string_view text);

// To valid UTF-8. Charset names are those of an allow-list (charset_names.h); unknown ones are read as UTF-8 when
// valid, else as windows-1252. Undecodable octets become U+FFFD, a byte order mark is dropped. Never fails.
std::string to_utf8(std::string_view bytes, std::string_view charset);

// RFC 2047 encoded words in an unstructured field or phrase, decoded to UTF-8; control characters become blanks.
std::string decode_words(std::string_view field_body);

// HTML to readable text: one linear pass (mail/html/tokenizer.h), no tree; script, style, title, embedded pages and
// comments dropped, block elements break lines, quoted ones are marked with '>', links to http, https and mailto stand
// behind their text. At most 2 MB are read.
std::string html_to_text(std::string_view html);

}  // namespace majlis::mail
