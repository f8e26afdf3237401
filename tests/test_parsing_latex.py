"""LaTeX as it is read: what is typeset, without the commands that say how."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from rag_app.parsing.formats import LATEX
from rag_app.parsing.latex import read_latex
from rag_app.parsing.media_types import media_type
from rag_app.parsing.source import OpenedFile, Source
from rag_app.records import Page
from tests.made_files import write


def read(folder: Path, text: str) -> tuple[OpenedFile, Page]:
    source = Source(write(folder, "a.tex", text), "a.tex", 10)
    assert media_type(source) == LATEX
    reading = read_latex(source)
    (page,) = reading.pages
    return reading, page


def lines_of(folder: Path, text: str) -> list[str]:
    return [line for line in read(folder, text)[1].text.split("\n") if line]


def test_a_document_has_its_title_headings_and_words(tmp_path: Path) -> None:
    text = r"""% a comment
\documentclass{article}
\usepackage{amsmath} \newcommand{\company}{Acme \& Sons\xspace}
\title{The Price of \emph{Tea}\thanks{Paid by the guild.}}
\author{Ann Lee \and Bob Ma}
\begin{document}
\maketitle
\begin{abstract}We study tea.\end{abstract}
\section{Introduction}\label{sec:one}
As others say~\cite[p.~3]{ma,li}, \company was
founded in 1890 (see \ref{sec:two}).% hidden
\subsection*{Costs}
\textbf{Much} {\bf more}: \textcolor{red}{50\%}.
\end{document}
left out"""
    reading, page = read(tmp_path, text)
    assert reading.title == "The Price of Tea"
    assert [(page.text[heading.start : heading.end], heading.level) for heading in page.headings] == [
        ("The Price of Tea", 1),
        ("Abstract", 4),
        ("1 Introduction", 4),
        ("Costs", 5),
    ]
    assert page.text.split("\n")[1:] == [
        "Paid by the guild.",
        "Ann Lee, Bob Ma",
        "Abstract",
        "We study tea.",
        "1 Introduction",
        "As others say, Acme & Sons was founded in 1890 (see).",
        "Costs",
        "Much more: 50%.",
    ]


def test_items_have_bullets_numbers_or_their_own_labels(tmp_path: Path) -> None:
    text = r"""\begin{itemize} \item First \item[(b)] Second
\begin{enumerate} \item one \item two \begin{enumerate} \item deep \end{enumerate} \end{enumerate} \end{itemize}
\begin{description} \item[Term] The meaning. \end{description}
\begin{thebibliography}{9} \bibitem{lee} Lee: \emph{Tea}. \end{thebibliography}"""
    assert lines_of(tmp_path, text) == [
        *("• First", "(b) Second", "1. one", "2. two", "(a) deep", "• Term: The meaning.", "• Lee: Tea."),
    ]


def test_a_table_is_rows_below_the_names_of_its_columns(tmp_path: Path) -> None:
    text = r"""\begin{table}[ht]\centering \caption{Prices}
\begin{tabular}{l|r@{.}c} \toprule Kind & Price & Year \\ \cmidrule(lr){1-2} \midrule
Green \textit{tea} & 12 & 2020 \\[2pt]
\multirow{2}{*}{Black} & 10 & 2021 \\ & 11 & \\ \multicolumn{2}{c}{Both} & 2023 \\ \bottomrule
\end{tabular}\end{table}
\begin{tabular}{|l|l|} \hline Name & Role \\ \hline Ann & Boss \\ Bob & Clerk \\ \hline \end{tabular}

\begin{tabular}{|l|l|} \hline Landlord & Ada \\ \hline Tenant & Ben \\ \hline Agent & Cy \\ \hline \end{tabular}"""
    _, page = read(tmp_path, text)
    assert page.text.split("\n") == [
        *("Prices", "Kind | Price | Year", "Green tea | 12 | 2020", "Black | 10 | 2021", "Black | 11", "Both | | 2023"),
        *("Name | Role", "Ann | Boss", "Bob | Clerk", "Landlord | Ada", "Tenant | Ben", "Agent | Cy"),
    ]
    assert [table.header for table in page.tables] == ["Kind | Price | Year", "Name | Role"]


def test_the_head_of_a_long_table_is_told_once(tmp_path: Path) -> None:
    text = r"""\begin{longtable}{ll} a & b \\ \endfirsthead a & b \\ \endhead next page & \\ \endfoot
one & two \\ three & four \\ \end{longtable}"""
    assert lines_of(tmp_path, text) == ["a | b", "one | two", "three | four"]


def test_accents_quotes_and_dashes_are_characters(tmp_path: Path) -> None:
    text = r"na\"{\i}ve caf\'e \v{S}koda \c ca \AE sop ``so'' `x' -- a---b~c \LaTeX\ \ldots \copyright{} 5\,kg \$12 a\_b \today"
    assert lines_of(tmp_path, text) == ["naïve café Škoda ça Æsop “so” ‘x' – a—b c LaTeX …© 5 kg $12 a_b"]


def test_a_formula_is_part_of_its_sentence(tmp_path: Path) -> None:
    text = r"""\newcommand{\R}{\mathbb{R}} If $x^{n+1} \leq \frac{a+b}{2}$, $x\in\R$ and
\begin{alignat}{2}\label{eq} E &= mc^2, \\ \alpha &= 1 \end{alignat}
hold, so does \(a_{ij}\) and \[ y = \sqrt{2}. \]"""
    assert lines_of(tmp_path, text) == ["If x^(n+1) ≤(a+b)/2, x∈ℝ and E = mc^2; α = 1 hold, so does a_ij and y = √(2)."]


def test_a_formula_loses_no_sign(tmp_path: Path) -> None:
    text = r"""If $x \ne 0 \iff \neg(a \land b)$, \mbox{so} $\mbox{if } a \equiv 1 \pmod{n}$ and $\binom{n}{k} \gets \gcd(a, b)$
at $25^{\circ}\mathrm{C}$ or $100^\circ$C."""
    told = "If x ≠ 0 ⟺¬(a ∧ b), so if a ≡ 1 (mod n) and C(n, k) ←gcd(a, b) at 25°C or 100°C."
    assert lines_of(tmp_path, text) == [told]


def test_what_a_file_defines_stands_for_what_it_says(tmp_path: Path) -> None:
    text = r"""\newcommand{\pay}[2][euros]{#2~#1 a~month} \newcommand\hide[1]{} \def\be{\begin{equation}}\def\ee{\end{equation}}
\DeclareMathOperator*{\rank}{rank} \newcommand{\norm}[1]{\lVert#1\rVert} \let\strong\textbf \newcommand{\x}{\mathbf{x}}
\newenvironment{note}[1]{\begin{quote}#1 \begin{itemize}}{\end{itemize}\end{quote}} \newcommand{\odd}[1]{\@ifnextchar[{#1}{b}}
\renewcommand{\section}[1]{\centerline{#1}} \newcommand{\figref}[1]{Figure~\ref{#1}}
\newcommand{\job}[2]{\item \strong{#1}: \pay{#2}} \newcommand{\co}{茶社}
\begin{itemize} \job{Clerk}{5} \job{Boss}{9}\end{itemize}
\hide{secret} \pay[pounds]{7}, see \figref{a}. \verb|\pay{3}|
\be \rank A^\x = \norm{\norm{y}} \ee and $\x_i$ \odd{kept}. \section{Costs}

\co 开业"""
    _, page = read(tmp_path, text)
    assert page.text.split("\n") == [
        *("• Clerk: 5 euros a month", "• Boss: 9 euros a month"),
        "7 pounds a month, see Figure. \\pay{3} rank A^𝐱 = ‖‖ y‖‖ and 𝐱_i kept.",
        *("Costs", "茶社开业"),
    ]
    assert [heading.level for heading in page.headings] == [4]


def test_what_refers_to_a_number_has_that_number(tmp_path: Path) -> None:
    text = r"""\documentclass{article} \newtheorem{thm}{Theorem}[section] \newtheorem{lem}[thm]{Lemma}
\begin{document}
\section{Intro}\label{sec:i} See Section~\ref{sec:b}, \autoref{tab--p}, \cref{sec:d,sec:i} and Eq.~\eqref{eq:b} of
\cite[p.~3]{lee,ma}.
\subsection{Deep}\label{sec:d} \section*{Not}
\begin{equation}\label{eq:a} a=b \end{equation}
\begin{align} c &= d \label{eq:b} \\ e &= f \nonumber \\ g &= h \tag{*}\label{eq:c} \end{align}
\begin{thm}[Lee]\label{t} Good. \end{thm}\begin{lem} By Theorem~\ref{t} and \eqref{eq:c}. \end{lem}
\section{Prices}\label{sec:b} Step \ref{it:b} of Fig.~\ref{fig:s}. \begin{enumerate} \item a \item\label{it:b} b \end{enumerate}
\begin{figure} \begin{subfigure}{3cm} \caption{Left}\label{fig:s} \end{subfigure} \caption{Both.} \end{figure}
\begin{table}\caption{People}\label{tab--p}\end{table}
\appendix \section{Extra}\label{sec:x} Appendix~\ref{sec:x}.
\begin{thebibliography}{9} \bibitem{lee} Lee. \bibitem[Ma(2020)]{ma} Ma. \end{thebibliography}
\end{document}"""
    assert lines_of(tmp_path, text) == [
        *("1 Intro", "See Section 2, Table 1, section 1.1, section 1 and Eq. (2) of (1; Ma, 2020).", "1.1 Deep", "Not"),
        *("a=b (1) c = d; e = f; g = h (2), (*)", "Theorem 1.1 (Lee). Good.", "Lemma 1.2. By Theorem 1.1 and (*).", "2 Prices"),
        *("Step 2 of Fig. 1a.", "1. a", "2. b", "Left", "Figure 1: Both.", "Table 1: People", "A Extra", "Appendix A."),
        *("[1] Lee.", "• Ma."),
    ]


def test_chapters_count_what_is_in_them_and_parts_of_a_document_nothing(tmp_path: Path) -> None:
    text = r"""\documentclass{ctexbook}\begin{document}\chapter{起源}\section{茶}\begin{figure}\caption{树}\label{a}\end{figure}
\chapter{贸易}见图~\ref{a}。\begin{equation} a \end{equation}\end{document}"""
    assert lines_of(tmp_path, text) == ["第 1 章 起源", "1.1 茶", "图 1.1：树", "第 2 章 贸易", "见图 1.1。 a (2.1)"]
    for other in (
        text.replace("见", r"\input{b}见"),
        text.replace("ctexbook", "beamer"),
        text.replace(r"\documentclass{ctexbook}", ""),
    ):
        assert lines_of(tmp_path, other)[0] == "起源"


def test_notes_stand_after_their_paragraph_and_links_keep_their_words(tmp_path: Path) -> None:
    text = r"""Tea\footnote{Of \textbf{China}.

Green.} is good, see \href{http://a.b/x%20y}{our page} or \url{http://c.d/e_f%20}. Take \SI{5}{\kilo\metre} at
\SI{20}{\degreeCelsius}. \iffalse hidden \fi \enquote{So}.

\begin{quote}Next\end{quote}"""
    told = "Tea is good, see our page or http://c.d/e_f%20. Take 5 kilometre at 20 ℃. “So”."
    assert lines_of(tmp_path, text) == [told, "Of China. Green.", "Next"]


def test_what_is_typed_stays_and_drawings_and_files_do_not_come_in(tmp_path: Path) -> None:
    write(tmp_path, "secret.tex", "secret")
    text = r"""\input{secret.tex}\include{secret} Use \verb|a_b{}|.
\begin{verbatim}
x = {1}  % kept
\end{verbatim}
\begin{tikzpicture}\draw (0,0);\end{tikzpicture}
\newtheorem{thm}{Satz}\begin{thm}[Lee] Good. \end{thm}\begin{proof} Clear. \end{proof}"""
    assert lines_of(tmp_path, text) == ["Use a_b{}.", "x = {1} % kept", "Satz (Lee). Good.", "Proof. Clear."]


def test_slides_have_their_titles_as_headings(tmp_path: Path) -> None:
    text = r"""\begin{frame}[fragile]{Costs} \begin{block}{Rent} 400 \end{block} \end{frame}
\begin{frame} \frametitle{More} x \end{frame}"""
    _, page = read(tmp_path, text)
    assert page.text == "Costs\nRent\n400\nMore\nx"
    assert [heading.level for heading in page.headings] == [5, 6, 5]


def test_slides_have_no_marks_of_when_they_are_shown(tmp_path: Path) -> None:
    text = r"""\documentclass{beamer} \author{Ann\inst{1}} \begin{document} \begin{frame}<1->[fragile]{Costs}
\begin{itemize}[<+->] \item<1-> Tea \alert<2>{5} \pause \end{itemize} \begin{block}{Rent}<2-> 4 \end{block}
\column{.5\textwidth} $a<3>2$
\includegraphics<1>[width=3cm]{x.png} \printbibliography[heading=none] \pagebreak[4] Why?\hfill[5 marks] \ldots[sic]
\end{frame} \end{document}"""
    assert lines_of(tmp_path, text) == ["Costs", "• Tea 5", "Rent", "4", "a<3>2 Why?[5 marks] …[sic]"]


def test_letters_and_lives_tell_whom_they_are_by(tmp_path: Path) -> None:
    letter = r"""\documentclass{letter} \signature{Ann Lee} \address{1 Main St\\Town} \begin{document} \begin{letter}{Bob}
\opening{Dear Bob,} Pay 50 euros. \closing{Yours,} \opening{Again,} \address{kept} \end{letter} \end{document}"""
    assert lines_of(tmp_path, letter) == [
        *("Bob", "Ann Lee", "1 Main St", "Town", "Dear Bob,", "Pay 50 euros.", "Yours,", "Again,", "kept"),
    ]
    life = r"""\documentclass{moderncv} \name{Ann}{Lee} \phone[mobile]{555} \begin{document} \makecvtitle[R] \cvsection{Work}
\cventry{2010}{Clerk}{Tea House}
\cvitem[1em]{Speaks}{French} \section{On \cvitem{it} and \glsentrytext{tea}} Of \glsentrytext{tea}. \end{document}"""
    _, page = read(tmp_path, life)
    assert [line for line in page.text.split("\n") if line] == [
        *("Ann Lee", "555", "Work", "2010 Clerk Tea House", "Speaks French", "On it and tea", "Of tea."),
    ]
    assert [heading.level for heading in page.headings] == [4, 4]


def test_questions_of_an_exam_stand_apart_and_a_word_of_that_name_does_not(tmp_path: Path) -> None:
    text = r"""\begin{questions} \question[5] Which? \begin{choices} \choice Red \CorrectChoice Green
\end{choices} \question Why? \end{questions}
We use \choice{} and \question{it}."""
    assert lines_of(tmp_path, text) == ["[5] Which?", "Red", "Green", "Why?", "We use and it."]


def test_raised_digits_and_ranges_are_no_other_number(tmp_path: Path) -> None:
    text = r"10\textsuperscript{3}, 1\textsuperscript{st}, \SIrange{1}{5}{\kilo\gram}, \numrange{2}{3}, \ang{45}"
    assert lines_of(tmp_path, text) == ["10^3, 1st, 1 to 5 kilogram, 2 to 3, 45°"]


def test_chinese_latex_has_no_spaces_where_its_lines_end(tmp_path: Path) -> None:
    text = r"""\documentclass[UTF8]{ctexart}
\title{茶叶价格研究}
\begin{document}
\maketitle
\begin{abstract}本文研究茶叶。\end{abstract}
\section{引言}
根据文献\cite{li}，茶叶的价格\textbf{上涨}了
百分之五\footnote{见附录。}。如图~\ref{fig:a}所示（\ref{a}）。
\end{document}"""
    reading, page = read(tmp_path, text)
    assert reading.title == "茶叶价格研究"
    told = "根据文献，茶叶的价格上涨了百分之五。如图所示。"
    assert page.text.split("\n") == ["茶叶价格研究", "摘要", "本文研究茶叶。", "1 引言", told, "见附录。"]


@pytest.mark.parametrize(
    "torn",
    [
        *("{", "}", r"\begin{a}", r"\begin{tabular}{l}", r"\begin{enumerate}\item a", "$", r"\(", r"\footnote{a", r"\section{a"),
        *(
            r"\item[a",
            r"\cite[",
            r"\textcolor{",
            r"\newcommand{\a}{a",
            r"\newcommand{\a}[1]{b#1}\a{",
            r"\newcommand{\a}{\a\a}\a",
            r"\def\a#1{",
            r"\documentclass{book}\begin{document}\begin{align}\chapter{a}\label{",
            r"\href{",
            r"\verb|",
            r"\begin{verbatim}",
            r"\'",
            "( ,",
            "& ",
        ),
    ],
)
def test_what_is_torn_or_nested_without_end_is_read_in_bounded_time(tmp_path: Path, torn: str) -> None:
    _, page = read(tmp_path, torn * 5_000 + "\n\nlast \\end{a} words")
    assert len(page.text) < 100_000


def test_definitions_and_formulas_do_not_swell(tmp_path: Path) -> None:
    swelling = [rf"\newcommand{{\{after}}}{{" + rf"\{before} " * 30 + "}" for before, after in pairwise("abcdefghijkl")]
    text = r"\newcommand{\a}{" + "x" * 400 + "}" + "".join(swelling) + r"\b\c $\b$ " * 5_000
    assert len(read(tmp_path, text)[1].text) < 2_000_000
    for deep in ("{" * 900 + "}" * 900, r"\frac{" * 200, r"\begin{matrix}" * 100):
        assert read(tmp_path, f"before ${deep}$ after")[1].text.endswith("after")


@pytest.mark.parametrize(
    ("option", "labels"),
    [
        (r"[label=(\alph*)]", ["(a)", "(b)"]),
        (r"[label=\textbf{Q\arabic*:}, start=4]", ["Q4:", "Q5:"]),
        (r"[leftmargin=*,label={\Roman{enumi})}]", ["I)", "II)"]),
        ("[i.]", ["i.", "ii."]),
        ("[Step 1.]", ["Step 1.", "Step 2."]),
        ("[noitemsep]", ["1.", "2."]),
    ],
)
def test_items_are_labelled_as_the_option_of_their_list_says(tmp_path: Path, option: str, labels: list[str]) -> None:
    text = rf"\begin{{enumerate}}{option} \item one \item[own] more \item two \end{{enumerate}}"
    assert lines_of(tmp_path, text) == [f"{labels[0]} one", "own more", f"{labels[1]} two"]


def test_lengths_without_braces_are_not_told(tmp_path: Path) -> None:
    text = r"One \vskip 1em two \hskip-3.5pt plus 1fil three\kern2mm, \parskip=6pt four \vskip\baselineskip 5 cm."
    assert lines_of(tmp_path, text) == ["One two three, four 5 cm."]


def test_steps_of_an_algorithm_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    text = r"""\begin{algorithmic}[1]
\Require $a > 0$
\While{$r \ne 0$}\Comment{The rest}
\State $a \gets b$ \STATE \Return $b$
\EndWhile
\end{algorithmic}"""
    assert lines_of(tmp_path, text) == ["Require: a > 0", "while r ≠ 0 (The rest)", "a ← b", "return b", "end while"]


def test_options_without_end_are_read_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    assert lines_of(tmp_path, r"\begin{document}\unknown" + "  [of it]" * 100)
    assert time.process_time() - started < 2
